namespace Loop.Sdk.Rooms;

/// <summary>What came of a deletion.</summary>
/// <param name="Rooms">The rooms, in the order in which they were given.</param>
public sealed record DeletedRooms(IReadOnlyList<DeletedRoom> Rooms);
