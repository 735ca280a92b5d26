namespace Loop.Sdk.Feeds;

/// <summary>Changes that were read from a store.</summary>
/// <typeparam name="TChange">A change.</typeparam>
/// <param name="Changes">The changes, in order.</param>
/// <param name="More">Whether there were more: those after the last one are to be read next.</param>
public sealed record StoredChanges<TChange>(IReadOnlyList<StoredChange<TChange>> Changes, bool More = false);
