using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// How available this device is, by its own idle policy, what its account says of itself, and who may see it. Needs an account: everything fails with <c>account_required</c> otherwise.
/// Safe for concurrent use. The class is abstract so that tests can replace it.
/// </summary>
public abstract class AvailabilityClient
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected AvailabilityClient()
    {
    }

    /// <summary>What this device is by its idle policy; <see cref="AvailabilityState.Unavailable"/> before the first <see cref="Touch"/>.</summary>
    public abstract AvailabilityState State { get; }

    /// <summary>The account as others see it, with all its devices; each change is the whole.</summary>
    public abstract IFeed<AccountAvailability, AccountAvailability> Changes { get; }

    /// <summary>The applications that may see the account's availability, by <see cref="Grant.Application"/>.</summary>
    public abstract IFeed<KeyedSnapshot<Grant>, KeyedChange<string, Grant>> Grants { get; }

    /// <summary>
    /// The user does something with this device: it is online, until nothing is done for <see cref="PresenceClientOptions.AwayAfter"/>. From the first call on the server is told, when
    /// the state changes and on every new session. Cheap: call it at each key press.
    /// </summary>
    public abstract void Touch();

    /// <summary>The user has gone, for instance locked the screen: this device is away now, and unavailable later, unless it is touched.</summary>
    public abstract void StepAway();

    /// <summary>Sets what the account says of itself. It lasts until it is set again, on whatever device, and wins over the devices.</summary>
    /// <param name="mode">Where its state comes from.</param>
    /// <param name="text">A text to show, at most 200 characters; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_name</c>: the text is too long, or holds what could mislead its readers.</exception>
    public abstract Task SetStatusAsync(StatusMode mode, string? text = null, CancellationToken cancellationToken = default);

    /// <summary>Lets an application see the account's availability, under an id that says nothing of the account. Granting again gives the same grant.</summary>
    /// <param name="application">The application's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>too_many_grants</c>, <c>application_not_found</c>.</exception>
    public abstract Task<Grant> GrantAsync(string application, CancellationToken cancellationToken = default);

    /// <summary>Ends a grant: the application sees the account no more, at once. Without a grant, nothing happens.</summary>
    /// <param name="application">The application's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task RevokeAsync(string application, CancellationToken cancellationToken = default);
}
