namespace Loop.Sdk.Feeds;

/// <summary>A snapshot followed by ordered changes. The same interface on both ends: a server returns a feed source, a client gets a subscribable remote feed.</summary>
/// <typeparam name="TSnapshot">The whole state.</typeparam>
/// <typeparam name="TChange">One change to it.</typeparam>
public interface IFeed<TSnapshot, TChange>
{
    /// <summary>
    /// Subscribes. The first event is a snapshot, or, if everything after <paramref name="from"/> can still be served, one of kind
    /// <see cref="FeedEventKind.Resumed"/>; changes follow, each with the next offset. Whenever changes cannot be delivered one by one, because the
    /// subscriber was too slow or was away for too long, a further snapshot takes their place. A remote feed subscribes again by itself whenever its
    /// session is lost, and goes on with <see cref="FeedEventKind.Resumed"/> or a snapshot.
    /// </summary>
    /// <param name="from">The last position already seen, or null for a snapshot.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="LoopException">While enumerating: the feed ended with an error, or the subscription was refused for good.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default);
}
