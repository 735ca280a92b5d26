namespace Loop.Sdk.Server.Storage;

/// <summary>What a room's members say of themselves, what guests show to come in, and what rotations left for each member. All of it goes with the room.</summary>
public interface IMemberStore
{
    /// <summary>Keeps an announcement, if it is the member's first or newest in its epoch, and the member nobody else's.</summary>
    /// <param name="member">The announcement.</param>
    /// <param name="participant">The participation, of the same user, whose member it is from now on; null for none.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<MemberOutcome> AnnounceAsync(MemberRecord member, string? participant, long now, CancellationToken cancellationToken);

    /// <summary>The newest announcement of a member, or null.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<MemberRecord?> FindAsync(string room, string member, CancellationToken cancellationToken);

    /// <summary>The announcements of an epoch, by member id.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MemberRecord>> ListAsync(string room, int epoch, CancellationToken cancellationToken);

    /// <summary>Adds a guest's credential, or replaces it.</summary>
    /// <param name="guest">The credential.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>Whether there is such a room.</returns>
    Task<bool> PutGuestAsync(GuestRecord guest, CancellationToken cancellationToken);

    /// <summary>A guest's credential, or null if there is none or it has expired. Compare its hash in constant time.</summary>
    /// <param name="room">The room's token. A credential counts in its room only.</param>
    /// <param name="id">The guest's id.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<GuestRecord?> GetGuestAsync(string room, string id, long now, CancellationToken cancellationToken);

    /// <summary>Removes a guest's credential.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="id">The guest's id.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveGuestAsync(string room, string id, CancellationToken cancellationToken);

    /// <summary>The rotations that a member has not seen, oldest first: the way from an epoch to the current one.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="sinceEpoch">The epoch whose key the member has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RotationNotice>> ListNoticesAsync(string room, string member, int sinceEpoch, CancellationToken cancellationToken);
}
