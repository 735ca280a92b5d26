namespace Loop.Bench.Load.Targets.Bare;

/// <summary>Somebody in a room.</summary>
internal sealed record BareParticipant(string RoomConnectionId, string DisplayName, bool Owner);
