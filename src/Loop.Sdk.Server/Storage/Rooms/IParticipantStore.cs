namespace Loop.Sdk.Server.Storage;

/// <summary>Who is in a room now. Each change but a refresh is a change of the room in its owner's feed.</summary>
public interface IParticipantStore
{
    /// <summary>Joins, if the room has a seat: the rules are those of <see cref="RoomCapacity"/>, and nobody can come in between.</summary>
    /// <remarks>A participation of the same user and session is replaced by the new one.</remarks>
    /// <param name="join">Who joins what.</param>
    /// <param name="now">The time, ms since 1970. Rooms and participations that have expired by then are as if they were gone.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<JoinResult> JoinAsync(RoomJoin join, long now, CancellationToken cancellationToken);

    /// <summary>Prolongs a participation, and with it the credential of a guest.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="id">The participation's id.</param>
    /// <param name="expiresAt">Until when, ms since 1970.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<ParticipantOutcome> RefreshAsync(string room, string id, long expiresAt, long now, CancellationToken cancellationToken);

    /// <summary>Ends a participation, by its own wish or the owner's.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="id">The participation's id.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>Who left, or null if nobody was there.</returns>
    Task<ParticipantRecord?> LeaveAsync(string room, string id, long now, CancellationToken cancellationToken);

    /// <summary>Removes a user from a room: all participations, and a guest's credential.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="user">The account's id, or the guest's.</param>
    /// <param name="bar">Whether the user may not join any more.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>The participations that ended.</returns>
    Task<IReadOnlyList<ParticipantRecord>> RemoveUserAsync(string room, string user, bool bar, long now, CancellationToken cancellationToken);

    /// <summary>Lets everybody who was barred from a room join again.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>How many they were.</returns>
    Task<int> PardonAsync(string room, CancellationToken cancellationToken);

    /// <summary>Who is in the room, in the order of their joining; participations that have expired are not among them.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ParticipantRecord>> ListAsync(string room, long now, CancellationToken cancellationToken);
}
