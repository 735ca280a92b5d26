namespace Loop.Sdk.Rooms;

/// <summary>What came of the deletion of a room.</summary>
/// <param name="Token">The token.</param>
/// <param name="Code">Why it was not deleted: <c>room_not_found</c> or <c>not_owner</c>; null if it was.</param>
public sealed record DeletedRoom(string Token, string? Code = null);
