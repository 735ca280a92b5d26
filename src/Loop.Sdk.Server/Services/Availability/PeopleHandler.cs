using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Availability;

/// <summary>One session's calls to <c>loop.people/1</c>.</summary>
internal sealed class PeopleHandler(AvailabilityCore core, LoopSession session) : IPeople
{
    private string Application => core.Options.ApplicationOf?.Invoke(session) ?? throw AvailabilityErrors.Of(ErrorCodes.ApplicationRequired);

    public IFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>> Watch() =>
        new GatedFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>>(async cancellationToken =>
        {
            var book = core.People.Acquire(Application);
            try
            {
                await book.LoadAsync(cancellationToken).ConfigureAwait(false);
                return new(book.Feed, static () => AvailabilityErrors.Of(ErrorCodes.ApplicationRequired), () => core.People.Release(book));
            }
            catch
            {
                core.People.Release(book);
                throw;
            }
        });

    public async Task<PersonAvailability> GetAsync(PersonRef person, CancellationToken cancellationToken)
    {
        var id = AvailabilityRequests.Person(RequestCheck.Some(person).Id);
        return await core.Storage.FindPersonAsync(Application, id, cancellationToken).ConfigureAwait(false) is { } found
            ? core.View(found)
            : throw AvailabilityErrors.Of(ErrorCodes.PersonNotFound);
    }
}
