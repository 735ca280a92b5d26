namespace Loop.Sdk.Feeds;

/// <summary>A state that was read from a store.</summary>
/// <typeparam name="TSnapshot">The state, or its beginning.</typeparam>
/// <typeparam name="TChange">A change.</typeparam>
/// <param name="Snapshot">The state, or as much of it as fits into one message.</param>
/// <param name="Position">The position of that.</param>
/// <param name="Rest">What else belongs to the state, as changes: they are sent right after the snapshot, and lead to the position of the whole state.</param>
public sealed record StoredState<TSnapshot, TChange>(TSnapshot Snapshot, FeedPosition Position, IReadOnlyList<StoredChange<TChange>> Rest);
