using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>
/// The origin of a feed: holds a state, numbers the changes to it, and sends them to any number of subscribers. A contract's feed method returns it.
/// Each change is serialised once for all. Publishing never waits for a subscriber: one that is too slow or away reads on from the history once it
/// can, or gets a snapshot if the history no longer reaches back. Every subscriber sees the changes in the same order. Safe for concurrent use.
/// </summary>
/// <typeparam name="TSnapshot">The whole state.</typeparam>
/// <typeparam name="TChange">One change to it.</typeparam>
public sealed class FeedSource<TSnapshot, TChange> : IFeed<TSnapshot, TChange>, IFeedPublisher<TSnapshot, TChange>, IDisposable
{
    private readonly FeedHub<TSnapshot, TChange> _hub;

    /// <summary>Makes a source of an immutable state, such as a record or an immutable collection.</summary>
    /// <param name="initial">The state at first.</param>
    /// <param name="apply">Gives the state after a change, without altering the one before. If it throws, the change is refused.</param>
    /// <param name="options">How much history is kept, or null for the defaults.</param>
    public FeedSource(TSnapshot initial, Func<TSnapshot, TChange, TSnapshot> apply, FeedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(apply);
        var state = initial;
        _hub = new(options ?? new(), () => state, change => state = apply(state, change));
    }

    /// <summary>Makes a source of a state that is altered in place. Both functions run under the feed's lock, one at a time, and must be quick.</summary>
    /// <param name="snapshot">Copies the state: what it returned must not change afterwards.</param>
    /// <param name="apply">Alters the state. If it throws, it must have left the state as it was, and the change is refused.</param>
    /// <param name="options">How much history is kept, or null for the defaults.</param>
    public FeedSource(Func<TSnapshot> snapshot, Action<TChange> apply, FeedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(apply);
        _hub = new(options ?? new(), snapshot, apply);
    }

    /// <summary>What the source is made of, for sources that are more than this one.</summary>
    internal FeedHub<TSnapshot, TChange> Hub => _hub;

    /// <summary>The position after the last change. Store it with the state to go on from there after a restart, see <see cref="FeedOptions.Start"/>.</summary>
    public FeedPosition Position => _hub.Position;

    /// <summary>The state after the last change.</summary>
    public TSnapshot Snapshot => _hub.Snapshot;

    /// <summary>How many subscribers there are, remote and local.</summary>
    public int SubscriberCount => _hub.SubscriberCount;

    /// <summary>Makes a change.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The position after it.</returns>
    /// <exception cref="InvalidOperationException">The feed is completed.</exception>
    public FeedPosition Publish(TChange change) => _hub.Publish(change);

    /// <summary>Makes a change that depends on the state, with nothing in between.</summary>
    /// <param name="change">Gives the change for the state of the moment. Runs under the feed's lock.</param>
    /// <returns>The position after it.</returns>
    /// <exception cref="InvalidOperationException">The feed is completed.</exception>
    public FeedPosition Publish(Func<TSnapshot, TChange> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_hub.Lock)
        {
            return _hub.Publish(change(_hub.Snapshot));
        }
    }

    /// <summary>Ends every subscription, present and future, once it has received everything.</summary>
    /// <param name="error">What the subscribers learn, or null for an end without an error.</param>
    public void Complete(LoopException? error = null) => _hub.Complete(error);

    /// <inheritdoc/>
    public IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default) =>
        _hub.SubscribeAsync(from, cancellationToken);

    /// <summary>Completes the feed.</summary>
    public void Dispose() => Complete();

    Task IFeedPublisher<TSnapshot, TChange>.PushAsync(
        PushQueue queue, PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change, FeedPosition? from, CancellationToken cancellationToken) =>
        new FeedSubscriber<TSnapshot, TChange>(_hub, queue, snapshot, change, from).RunAsync(cancellationToken);
}
