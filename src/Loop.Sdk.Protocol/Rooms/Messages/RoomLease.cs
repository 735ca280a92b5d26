namespace Loop.Sdk.Rooms;

/// <summary>How long a participation lasts unless it is prolonged. The server prolongs it while the session lives, connected or not.</summary>
/// <param name="ExpiresInMs">Milliseconds from the answer on; 300 000 by default.</param>
/// <param name="ExpiresAt">When that is, by the server's clock.</param>
public sealed record RoomLease(long ExpiresInMs, DateTimeOffset ExpiresAt);
