namespace Loop.Sdk.Feeds;

/// <summary>A change that was read from a store.</summary>
/// <typeparam name="TChange">The change.</typeparam>
/// <param name="Change">The change, from the one before it, or the position that was asked for, up to its own position.</param>
/// <param name="Position">The position after it.</param>
public readonly record struct StoredChange<TChange>(TChange Change, FeedPosition Position);
