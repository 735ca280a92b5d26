namespace Loop.Sdk.Feeds;

/// <summary>Where a feed's state and its changes are kept. Reads see everything that was written before they began, and each sees one moment.</summary>
/// <typeparam name="TSnapshot">The state, or its beginning.</typeparam>
/// <typeparam name="TChange">
/// A change, which may stand for several, and carries what changed as it is now: to apply it to a state that has parts of it already does no harm.
/// </typeparam>
public interface IFeedStore<TSnapshot, TChange>
{
    /// <summary>Reads the state.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<StoredState<TSnapshot, TChange>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Reads what changed after a position.</summary>
    /// <param name="since">A position that the store gave, or anything else that a client says it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The changes, whose positions rise up to the newest; none if there are none. Null if the store can no longer tell, does not know the position, or would
    /// rather give the state again: that is what the subscriber gets then.
    /// </returns>
    ValueTask<StoredChanges<TChange>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken);
}
