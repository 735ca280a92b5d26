using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>Those who let this application see their availability, without telling it who they are. The class is abstract so that tests can replace it.</summary>
public abstract class PeopleClient
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected PeopleClient()
    {
    }

    /// <summary>Everybody, by <see cref="PersonAvailability.Id"/>; who revokes the grant is removed at once. <c>ToLiveCollection(person =&gt; person.Id)</c> makes a list to bind to.</summary>
    /// <remarks>While enumerating: <c>application_required</c>.</remarks>
    public abstract IFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>> Changes { get; }

    /// <summary>One of them, as they are now.</summary>
    /// <param name="id">The id of the grant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>person_not_found</c>, <c>application_required</c>.</exception>
    public abstract Task<PersonAvailability> GetAsync(string id, CancellationToken cancellationToken = default);
}
