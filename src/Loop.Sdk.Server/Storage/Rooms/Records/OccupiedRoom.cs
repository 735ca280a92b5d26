namespace Loop.Sdk.Server.Storage;

/// <summary>A room and who is in it, at one moment.</summary>
/// <param name="Room">The room.</param>
/// <param name="Present">Who is in it, in the order of their joining, without those who have expired.</param>
public sealed record OccupiedRoom(RoomRecord Room, IReadOnlyList<ParticipantRecord> Present);
