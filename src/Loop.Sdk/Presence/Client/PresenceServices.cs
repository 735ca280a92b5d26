using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Presence;

/// <summary>What the parts of a client share. Of the channel they see its contracts, and when there is a new session.</summary>
internal sealed class PresenceServices(ChannelClient channel, PresenceClientOptions options, ILogger logger)
{
    private const int InstanceBytes = 24;

    public ChannelClient Channel => channel;

    public IPresence Presence { get; } = channel.Service<IPresence>();

    public PresenceClientOptions Options => options;

    public TimeProvider Time { get; } = options.TimeProvider ?? TimeProvider.System;

    public PresenceLog Log { get; } = new(logger);

    /// <summary>What stays the same while this client runs, so that its next session takes over what a lost one left behind.</summary>
    public string Instance { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(InstanceBytes));
}
