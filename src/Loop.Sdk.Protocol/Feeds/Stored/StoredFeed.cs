using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>
/// A feed whose state and history are in a store. Whoever writes to the store calls <see cref="Advance"/> afterwards; the feed reads what is new, once for all
/// subscribers, and sends it to them. Positions are the store's: a subscriber goes on where it was, also after a restart, as long as the store can tell what
/// changed. Nothing is read, and nothing kept, while there are no subscribers. Safe for concurrent use.
/// </summary>
/// <typeparam name="TSnapshot">The whole state, or its beginning.</typeparam>
/// <typeparam name="TChange">A change: see <see cref="IFeedStore{TSnapshot, TChange}"/>.</typeparam>
public sealed class StoredFeed<TSnapshot, TChange> : IFeed<TSnapshot, TChange>, IFeedPublisher<TSnapshot, TChange>, IDisposable
{
    private readonly IFeedStore<TSnapshot, TChange> _store;
    private readonly FeedHub<TSnapshot, TChange> _hub;
    private readonly Pump _pump;

    /// <summary>Makes a feed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">How many of the last changes are kept in memory, so that a subscriber that is a little behind needs no read; null for the defaults.</param>
    public StoredFeed(IFeedStore<TSnapshot, TChange> store, FeedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _pump = new Pump(ReadOnAsync);
        _hub = FeedHub<TSnapshot, TChange>.Of(store, options ?? new(), _pump.Signal);
    }

    /// <summary>How many subscribers there are, remote and local.</summary>
    public int SubscriberCount => _hub.SubscriberCount;

    /// <summary>Whether it reads what is written.</summary>
    internal bool IsFollowing => _hub.KnownPosition is not null;

    /// <summary>Something was written: subscribers get it soon. Does not wait for anything.</summary>
    public void Advance() => _pump.Signal();

    /// <summary>Ends every subscription, present and future, once it has what was published.</summary>
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

    private async Task ReadOnAsync()
    {
        try
        {
            if (_hub.SubscriberCount == 0)
            {
                _hub.Forget(error: null);
            }

            while (_hub.KnownPosition is { } since)
            {
                var changes = await _store.ReadSinceAsync(since, CancellationToken.None).ConfigureAwait(false);
                if (changes is null)
                {
                    _hub.Forget(error: null);
                    return;
                }

                foreach (var change in changes.Changes)
                {
                    _hub.Follow(change);
                }

                if (!changes.More || changes.Changes.Count == 0)
                {
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever the store throws ends the subscriptions, whose clients ask again if that may help.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _hub.Forget(exception);
        }
    }
}
