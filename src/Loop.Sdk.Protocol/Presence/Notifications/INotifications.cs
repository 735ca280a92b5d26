using Loop.Sdk.Contracts;

namespace Loop.Sdk.Presence;

/// <summary>What a client implements to be notified while it is connected: <c>loop.notifications/1</c>. The server calls it.</summary>
[Contract("loop.notifications/1", typeof(PresenceJson))]
public partial interface INotifications
{
    /// <summary>Delivers a notification. Returning acknowledges it. One that was not acknowledged in time may be delivered again, also on another device: compare the ids.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(1)]
    Task DeliverAsync(Notification notification, CancellationToken cancellationToken = default);
}
