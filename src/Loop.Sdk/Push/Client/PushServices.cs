using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Push;

/// <summary>What the parts of a client share.</summary>
internal sealed class PushServices(ChannelClient channel, PushClientOptions options, ILogger logger)
{
    public ChannelClient Channel => channel;

    public IPush Push { get; } = channel.Service<IPush>();

    public PushClientOptions Options => options;

    public TimeProvider Time { get; } = options.TimeProvider ?? TimeProvider.System;

    public PushLog Log { get; } = new(logger);
}
