namespace Loop.Sdk.Server.Storage;

/// <summary>A change in an owner's feed.</summary>
/// <param name="Offset">Its place in the feed.</param>
/// <param name="Token">The room's token.</param>
/// <param name="Room">The room; null if it was deleted, has expired, or belongs to somebody else now.</param>
/// <param name="Participants">Who is in it, in the order of their joining, with those who have expired and were not removed yet.</param>
public sealed record RoomChange(long Offset, string Token, RoomRecord? Room, IReadOnlyList<ParticipantRecord> Participants);
