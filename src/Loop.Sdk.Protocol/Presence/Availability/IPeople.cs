using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// Those who let an application see their availability: <c>loop.people/1</c>. For sessions of applications, as the host tells them; each method fails with
/// <c>application_required</c> for any other. The application learns no account.
/// </summary>
[Contract("loop.people/1", typeof(PresenceJson))]
public partial interface IPeople
{
    /// <summary>Everybody who granted it to this application, by <see cref="PersonAvailability.Id"/>. Who revokes the grant is removed at once.</summary>
    /// <exception cref="LoopException">While enumerating: <c>application_required</c>.</exception>
    [ContractMethod(1)]
    IFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>> Watch();

    /// <summary>One of them, as they are now.</summary>
    /// <param name="person">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>person_not_found</c>: nobody granted that id to this application, or not any more; <c>invalid_request</c>.</exception>
    [ContractMethod(2, Idempotent = true)]
    Task<PersonAvailability> GetAsync(PersonRef person, CancellationToken cancellationToken = default);
}
