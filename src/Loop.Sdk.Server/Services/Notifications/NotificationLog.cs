using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Notifications;

/// <summary>What notifications write to the log. Accounts and payloads are never among it.</summary>
internal sealed partial class NotificationLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Debug, "Session {Session} did not take a notification: {Code}.")]
    public partial void NotTaken(string session, string code);

    [LoggerMessage(2, LogLevel.Error, "A notification could not be stored.")]
    public partial void StoreFailed(Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "That an account is there could not be stored.")]
    public partial void SeeFailed(Exception exception);
}
