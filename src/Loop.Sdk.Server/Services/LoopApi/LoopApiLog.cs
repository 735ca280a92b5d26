using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What the Loop HTTP API writes to the log. Tokens, keys and the addresses that changes are pushed to give access, so they are never among it.</summary>
internal sealed partial class LoopApiLog(ILogger<LoopApiLog> logger)
{
    [LoggerMessage(1, LogLevel.Error, "A request failed.")]
    public partial void RequestFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "Session {Session} began.")]
    public partial void SessionBegan(string session);

    [LoggerMessage(3, LogLevel.Debug, "A change was pushed: {Outcome}.")]
    public partial void Pushed(string outcome);

    [LoggerMessage(4, LogLevel.Warning, "A change could not be pushed, since the store failed.")]
    public partial void PushFailed(Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "Too many changes wait to be pushed: one is not.")]
    public partial void PushDropped();

    [LoggerMessage(6, LogLevel.Error, "What has expired could not be removed; it is tried again.")]
    public partial void SweepFailed(Exception exception);

    [LoggerMessage(7, LogLevel.Error, "A call's connection failed.")]
    public partial void CallFailed(Exception exception);
}
