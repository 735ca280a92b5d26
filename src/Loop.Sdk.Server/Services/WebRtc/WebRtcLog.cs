using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>What the server writes about peers. Never a room's token, an envelope, or a credential.</summary>
internal sealed partial class WebRtcLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Warning, "Session {Session} does not take its signals: {Count} were dropped.")]
    public partial void Dropped(string session, int count);

    [LoggerMessage(2, LogLevel.Debug, "Session {Session} opens a relay.")]
    public partial void Relaying(string session);
}
