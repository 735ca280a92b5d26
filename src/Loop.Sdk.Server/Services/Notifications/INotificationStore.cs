using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Notifications;

/// <summary>Keeps what could not be delivered live, to push it or to deliver it later: add one to the services as a singleton.</summary>
public interface INotificationStore
{
    /// <summary>Takes a notification for an account that is known.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was taken: then it must be kept. What is thrown is logged, and counts as false.</returns>
    ValueTask<bool> StoreAsync(Notification notification, string account, CancellationToken cancellationToken);
}
