using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Presence;

/// <summary>What presence writes to the log. Neither data nor a scope's name, which may give access as a room's token does.</summary>
internal sealed partial class PresenceLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Present in a scope of kind {Kind}; again: {Again}.")]
    public partial void Entered(string kind, bool again);

    [LoggerMessage(2, LogLevel.Debug, "A scope of kind {Kind} could not be entered now: {Code}. Trying again.")]
    public partial void EnterFailed(string kind, string code, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "No longer present in a scope of kind {Kind}: {Reason}, {Code}.")]
    public partial void Ended(string kind, PresenceEndReason reason, string code);

    [LoggerMessage(4, LogLevel.Debug, "A scope of kind {Kind} could not be left; it is left with the session.")]
    public partial void LeaveFailed(string kind, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "Where this client is present is not told any more: {Code}.")]
    public partial void FollowingFailed(string code, Exception exception);

    [LoggerMessage(6, LogLevel.Debug, "How available this device is could not be reported now: {Code}. Trying again.")]
    public partial void ReportFailed(string code, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "How available this device is is not reported any more: {Code}.")]
    public partial void ReportingEnded(string code, Exception exception);
}
