namespace Loop.Sdk.Server.Storage;

/// <summary>Rooms' timelines. An entry keeps its place for ever: its sequence. Each change of an entry has an offset, and both rise strictly and without gaps.</summary>
public interface ITimelineStore
{
    /// <summary>Adds an entry at the end. One with the same author and key is not added twice: the first one is returned.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<EntryResult> AppendAsync(NewEntry entry, long now, CancellationToken cancellationToken);

    /// <summary>Changes an entry's payload. Its version must be the one that follows: <see cref="EntryOutcome.Conflict"/> otherwise, with the entry as it is.</summary>
    /// <param name="edit">The new payload.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<EntryResult> EditAsync(EntryEdit edit, long now, CancellationToken cancellationToken);

    /// <summary>Empties an entry; its place stays. Doing so twice changes nothing.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="sequence">The entry's place.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<EntryResult> DeleteAsync(string room, long sequence, long now, CancellationToken cancellationToken);

    /// <summary>One entry, or null.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="sequence">The entry's place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<EntryRecord?> GetAsync(string room, long sequence, CancellationToken cancellationToken);

    /// <summary>The entries that changed after an offset, oldest change first, each in its newest state. Entries that were removed do not come: <see cref="TimelinePage.First"/> says what is left.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="since">The offset of the last change that is known; 0 gives all entries.</param>
    /// <param name="limit">How many at most, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<TimelinePage?> ReadChangesAsync(string room, long since, int limit, CancellationToken cancellationToken);

    /// <summary>The entries before a place, newest first: a page of history.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="before">A sequence, or <see cref="long.MaxValue"/> for the end.</param>
    /// <param name="limit">How many at most, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<TimelinePage?> ReadBackAsync(string room, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the oldest entries: those beyond a count, and those from before a time.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="keep">How many entries to keep at most.</param>
    /// <param name="createdBefore">Ms since 1970; entries that are older are removed.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>How many were removed.</returns>
    Task<int> PruneAsync(string room, long keep, long createdBefore, CancellationToken cancellationToken);

    /// <summary>Removes the oldest entries of all rooms. Call again while as many were removed as the limit allows.</summary>
    /// <param name="createdBefore">Ms since 1970; entries that are older are removed.</param>
    /// <param name="limit">How many at most, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>How many were removed.</returns>
    Task<int> SweepAsync(long createdBefore, int limit, CancellationToken cancellationToken);
}
