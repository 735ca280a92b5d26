using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Push;

/// <summary>What push writes to the log: neither endpoints nor keys nor contents.</summary>
internal sealed partial class PushLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Push agent {Agent} is attached with {Count} subscriptions; new: {IsNew}.")]
    public partial void Attached(string agent, int count, bool isNew);

    [LoggerMessage(2, LogLevel.Debug, "Push is interrupted: {Code}. Trying again.")]
    public partial void Interrupted(string code, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Push has ended: {Code}.")]
    public partial void Ended(string code, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The server no longer has subscription «{Name}».")]
    public partial void SubscriptionLost(string name);

    [LoggerMessage(5, LogLevel.Warning, "Subscription «{Name}» has another endpoint.")]
    public partial void SubscriptionMoved(string name);

    [LoggerMessage(6, LogLevel.Warning, "Push message {Id} for «{Name}» cannot be decrypted: {Code}.")]
    public partial void Undecryptable(string id, string name, string code);

    [LoggerMessage(7, LogLevel.Debug, "Push messages could not be acknowledged now: {Code}. Trying again.")]
    public partial void AcknowledgeFailed(string code, Exception exception);

    [LoggerMessage(8, LogLevel.Debug, "A subscription that nobody has keys for could not be ended now.")]
    public partial void OrphanFailed(Exception exception);
}
