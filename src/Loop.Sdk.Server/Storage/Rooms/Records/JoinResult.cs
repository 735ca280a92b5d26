namespace Loop.Sdk.Server.Storage;

/// <summary>What came of an attempt to join.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Participant">Who joined; null if nobody did.</param>
/// <param name="Room">The room as it is now; null if there is none.</param>
/// <param name="Replaced">The id of the participation that this one replaced, if any.</param>
public sealed record JoinResult(JoinOutcome Outcome, ParticipantRecord? Participant, RoomRecord? Room, string? Replaced)
{
    /// <summary>Who is in the room now, as in <see cref="OccupiedRoom"/>, if somebody joined.</summary>
    public IReadOnlyList<ParticipantRecord> Present { get; init; } = [];
}
