using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>The real people, on their contract.</summary>
internal sealed class ContractPeople(IPeople people) : PeopleClient
{
    public override IFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>> Changes => people.Watch();

    public override Task<PersonAvailability> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return people.GetAsync(new PersonRef(id), cancellationToken);
    }
}
