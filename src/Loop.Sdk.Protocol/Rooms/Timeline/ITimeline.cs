using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>
/// Rooms' timelines on the wire: <c>loop.timeline/1</c>. For those who joined the room on their session, and for the owner. Besides the codes named at a method, each
/// fails with <c>invalid_request</c>, <c>room_not_found</c>, <c>not_participant</c>: join first, or again; and <c>kicked</c>. An author's id is a member's, as announced in
/// <c>loop.rooms/1</c>, and never somebody else's: <c>member_taken</c>.
/// </summary>
[Contract("loop.timeline/1", typeof(RoomsJson))]
public partial interface ITimeline
{
    /// <summary>Adds an entry at the end. With a key that the author has used, it gives the first entry: so it may be called again after a lost answer.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>member_taken</c>, <c>content_too_large</c>.</exception>
    [ContractMethod(1)]
    Task<EntryReceipt> AppendAsync(AppendEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Replaces an entry's content. For its author.</summary>
    /// <param name="edit">The new content.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>entry_not_found</c>, <c>member_taken</c>: it is somebody else's; <c>entry_conflict</c>: the entry has another version, or was deleted; <c>content_too_large</c>.
    /// </exception>
    [ContractMethod(2)]
    Task<EntryReceipt> EditAsync(EditEntry edit, CancellationToken cancellationToken = default);

    /// <summary>Empties an entry; its place stays. For its author and the room's owner. Doing so twice changes nothing.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>entry_not_found</c>, <c>member_taken</c>: it is somebody else's.</exception>
    [ContractMethod(3)]
    Task<EntryReceipt> DeleteAsync(EntryRef entry, CancellationToken cancellationToken = default);

    /// <summary>The entries before a place: a page of history.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(4)]
    Task<EntriesPage> PageAsync(PageQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// The newest page, then entries as they are added, edited and emptied. Positions are those of the store: they hold across restarts of the server. Who was away gets
    /// what changed meanwhile, or, if that is too much, the newest page again.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <exception cref="LoopException">While enumerating: <c>not_participant</c>, <c>kicked</c>, <c>room_gone</c>.</exception>
    [ContractMethod(5)]
    IFeed<EntriesPage, EntriesChange> Changes(RoomRef room);

    /// <summary>Tells those who are in the room something that passes: typing, a read marker, a cursor. Not stored. For those who joined with an announcement.</summary>
    /// <param name="signal">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>content_too_large</c>; <c>member_taken</c>: the caller joined without an announcement.</exception>
    [ContractMethod(6)]
    Task SignalAsync(SendSignal signal, CancellationToken cancellationToken = default);

    /// <summary>What is signalled in the room from now on, the caller's own signals included. Who is slow gets the newest signal of each kind from each member, and may miss those before.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: <c>not_participant</c>, <c>kicked</c>, <c>room_gone</c>.</exception>
    [ContractMethod(7)]
    IAsyncEnumerable<SealedSignal> SignalsAsync(RoomRef room, CancellationToken cancellationToken = default);
}
