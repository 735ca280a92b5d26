using Loop.Sdk.Peers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>What all sessions' signalling shares.</summary>
internal sealed class WebRtcCore(IOptions<WebRtcOptions> options, TimeProvider time, Clock clock, WebRtcMetrics metrics, ILogger<WebRtcCore> logger)
{
    public WebRtcOptions Options { get; } = options.Value;

    public TimeProvider Time => time;

    public Clock Clock => clock;

    public WebRtcMetrics Metrics => metrics;

    public WebRtcLog Log { get; } = new(logger);

    public PeerMailboxes Mailboxes { get; } = new(options.Value);

    public RelayTable Relays { get; } = new();

    public IceBook Ice { get; } = new(options.Value, time);

    public RateGateLimit? SignalRate { get; } = RateGateLimit.Of(options.Value.SignalRate);
}
