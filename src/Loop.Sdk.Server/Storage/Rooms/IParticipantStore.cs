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

    /// <summary>Prolongs a participation.</summary>
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

    /// <summary>Who is in the room, in the order of their joining; participations that have expired are not among them.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="now">The time, ms since 1970.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ParticipantRecord>> ListAsync(string room, long now, CancellationToken cancellationToken);
}
