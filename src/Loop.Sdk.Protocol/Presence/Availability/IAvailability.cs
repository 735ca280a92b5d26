using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// An account's availability and who may see it: <c>loop.availability/1</c>, for accounts. Besides the codes named at a method, each fails with <c>account_required</c> for an
/// anonymous caller, and with <c>invalid_request</c> for a value that is missing, malformed or out of range.
/// </summary>
[Contract("loop.availability/1", typeof(PresenceJson))]
public partial interface IAvailability
{
    /// <summary>Says how available this device is, by its own idle policy. It counts while the session lives; a session that never reported is no device.</summary>
    /// <param name="report">The state. Report it when it changes, and again on a new session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(1)]
    Task ReportAsync(ActivityReport report, CancellationToken cancellationToken = default);

    /// <summary>Sets the account's own status. It lasts until it is set again, and wins over the devices; without any device the account is unavailable.</summary>
    /// <param name="status">The status.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_name</c>: the text is too long, or holds what could mislead its readers.</exception>
    [ContractMethod(2, Idempotent = true)]
    Task SetStatusAsync(OwnStatus status, CancellationToken cancellationToken = default);

    /// <summary>The account as others see it, with its devices; each change is the whole.</summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(3)]
    IFeed<AccountAvailability, AccountAvailability> Watch();

    /// <summary>Lets an application see the account's availability, under an id that says nothing of the account. Granting again gives the same grant.</summary>
    /// <param name="request">Which application.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>too_many_grants</c>; <c>application_not_found</c>: the host knows no such application.</exception>
    [ContractMethod(4, Idempotent = true)]
    Task<Grant> GrantAsync(GrantRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a grant: the person vanishes from the application's open feeds at once. Granting later gives another id. Without a grant, nothing happens.</summary>
    /// <param name="application">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(5, Idempotent = true)]
    Task RevokeAsync(ApplicationRef application, CancellationToken cancellationToken = default);

    /// <summary>The account's grants, by application.</summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(6)]
    IFeed<KeyedSnapshot<Grant>, KeyedChange<string, Grant>> Grants();
}
