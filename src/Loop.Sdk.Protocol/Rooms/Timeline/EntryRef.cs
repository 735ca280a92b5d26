namespace Loop.Sdk.Rooms;

/// <summary>Names an entry.</summary>
/// <param name="Token">The room's token.</param>
/// <param name="Sequence">The entry's sequence.</param>
public sealed record EntryRef(string Token, long Sequence);
