namespace Loop.Sdk.Feeds;

/// <summary>A snapshot followed by ordered changes. The same interface on both ends: a server returns a feed source, a client gets a subscribable remote feed.</summary>
/// <typeparam name="TSnapshot">The whole state.</typeparam>
/// <typeparam name="TChange">One change to it.</typeparam>
public interface IFeed<TSnapshot, TChange>
{
    /// <summary>
    /// Subscribes. The first event is a snapshot, or, if <paramref name="from"/> can still be served, the first change after it with
    /// <see cref="FeedEvent{TSnapshot, TChange}.Recovered"/> set. A remote feed subscribes again by itself whenever its session is lost.
    /// </summary>
    /// <param name="from">The last position already seen, or null for a snapshot.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default);
}
