namespace Loop.Sdk.Server.Storage;

/// <summary>What a sweep removed.</summary>
/// <param name="Rooms">Rooms that have expired.</param>
/// <param name="Participants">Participations that have expired, of rooms that are still there.</param>
/// <param name="Tombstones">How many tombstones were removed.</param>
/// <param name="More">Whether there may be more to remove.</param>
public sealed record RoomSweepResult(IReadOnlyList<RoomRecord> Rooms, IReadOnlyList<ParticipantRecord> Participants, int Tombstones, bool More);
