using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Notifications;

/// <summary>Tells accounts something, wherever they are: live if a client of theirs takes it, otherwise by whatever keeps it for later. Safe for concurrent use.</summary>
public interface INotifier
{
    /// <summary>Delivers a notification. Every connected client of an account that serves <see cref="INotifications"/> gets it; one acknowledgement suffices.</summary>
    /// <param name="notification">The notification, at most as long as a message.</param>
    /// <param name="accounts">Whom to tell, each once.</param>
    /// <param name="cancellationToken">Gives up. What was delivered stays so.</param>
    /// <returns>What came of it, for each account.</returns>
    /// <exception cref="ArgumentException">The notification's id or kind is missing or too long.</exception>
    Task<IReadOnlyDictionary<string, NotificationOutcome>> NotifyAsync(Notification notification, IReadOnlyList<string> accounts, CancellationToken cancellationToken = default);
}
