namespace Loop.Sdk.Presence;

/// <summary>What the server tells this account while it is connected. The class is abstract so that tests can replace it.</summary>
public abstract class NotificationInbox
{
    /// <summary>Makes an inbox. Derive only to replace it in tests.</summary>
    protected NotificationInbox()
    {
    }

    /// <summary>
    /// The notifications, each once and as soon as it comes. One is acknowledged when it is handed out, so that what nobody takes in time goes elsewhere: to another device, or to whatever
    /// keeps it. While nobody reads, all are refused at once. Of several readers each notification goes to one.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public abstract IAsyncEnumerable<Notification> ReadAllAsync(CancellationToken cancellationToken = default);
}
