namespace Loop.Sdk.Rooms;

/// <summary>Names a room.</summary>
/// <param name="Token">The room's token: 11 to 128 characters of <c>A-Z a-z 0-9 - _</c>, the last part of its link's path.</param>
public sealed record RoomRef(string Token);
