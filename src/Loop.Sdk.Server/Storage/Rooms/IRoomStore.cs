namespace Loop.Sdk.Server.Storage;

/// <summary>Rooms, and for each owner a feed of their changes with strictly rising offsets.</summary>
public interface IRoomStore
{
    /// <summary>The store's identity: offsets of a store with another one mean nothing here. It is the same for the life of the database, unless changes that clients may have seen were lost.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string> GetEpochAsync(CancellationToken cancellationToken);

    /// <summary>Adds a room. <see cref="RoomOutcome.Conflict"/> if there is one with its token, <see cref="RoomOutcome.TooMany"/> if the owner has as many as may be.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<RoomResult> CreateAsync(NewRoom room, CancellationToken cancellationToken);

    /// <summary>The room, or null. One that has expired is there until <see cref="SweepAsync"/> removes it.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RoomRecord?> GetAsync(string token, CancellationToken cancellationToken);

    /// <summary>The room and who is in it, or null. One that has expired is there until <see cref="SweepAsync"/> removes it.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="now">The time, ms since 1970. Participations that have expired by then are as if they were gone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OccupiedRoom?> GetOccupiedAsync(string token, long now, CancellationToken cancellationToken);

    /// <summary>The owner's rooms that changed after an offset, oldest change first, each in its newest state, and tombstones of those that are gone.</summary>
    /// <param name="owner">The owner's account.</param>
    /// <param name="since">The offset of the last change that is known; 0 gives all rooms and no tombstones.</param>
    /// <param name="limit">How many changes at most, 1 to 100 000. All rooms, from 0, are not cut: they are the state of one moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RoomChanges> ListAsync(string owner, long since, int limit, CancellationToken cancellationToken);

    /// <summary>The tokens of rooms that the owner does not have any more, as far as that is remembered, oldest first.</summary>
    /// <param name="owner">The owner's account.</param>
    /// <param name="since">Those that went then or later, ms since 1970.</param>
    /// <param name="limit">How many at most, the newest, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<string>> ListGoneAsync(string owner, long since, int limit, CancellationToken cancellationToken);

    /// <summary>Changes a room. <see cref="RoomOutcome.Conflict"/>, with the room as it is, if its version is not the expected one or the context is not newer.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="update">What to change.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<RoomResult> UpdateAsync(string token, RoomUpdate update, long now, CancellationToken cancellationToken);

    /// <summary>Changes the room's key in one step: context, wrapped key, notices to those who stay, and the end of those who are removed.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="rotation">The new epoch. <see cref="RoomOutcome.Conflict"/> if it does not follow the room's, or the version is not the expected one.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<RoomResult> RotateAsync(string token, RoomRotation rotation, long now, CancellationToken cancellationToken);

    /// <summary>Gives the room to another account: a tombstone in the one feed, a new room in the other. <see cref="RoomOutcome.TooMany"/> if that has as many as may be.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="transfer">To whom.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<RoomResult> TransferAsync(string token, RoomTransfer transfer, long now, CancellationToken cancellationToken);

    /// <summary>Deletes rooms with everything in them, all in one step.</summary>
    /// <param name="owner">The owner's account; rooms of others are left alone.</param>
    /// <param name="tokens">Up to 1000 tokens.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>The tokens of the rooms that were deleted, in the given order.</returns>
    Task<IReadOnlyList<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, long now, CancellationToken cancellationToken);

    /// <summary>Removes what has expired: rooms, participants, guests' credentials, old tombstones. Call again while it says that there is more.</summary>
    /// <param name="sweep">What is too old, and how much to do at once.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<RoomSweepResult> SweepAsync(RoomSweep sweep, CancellationToken cancellationToken);
}
