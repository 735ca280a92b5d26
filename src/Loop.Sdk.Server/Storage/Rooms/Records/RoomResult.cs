namespace Loop.Sdk.Server.Storage;

/// <summary>What came of a write to a room.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Room">The room as it is now; null if there is none.</param>
public sealed record RoomResult(RoomOutcome Outcome, RoomRecord? Room);
