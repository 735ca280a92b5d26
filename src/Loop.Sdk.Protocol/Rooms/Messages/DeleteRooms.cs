namespace Loop.Sdk.Rooms;

/// <summary>Which rooms to delete.</summary>
/// <param name="Tokens">1 to 1000 tokens, each once.</param>
public sealed record DeleteRooms(IReadOnlyList<string> Tokens);
