using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>
/// The origin of a feed whose state is a set of items with keys. Like <see cref="FeedSource{TSnapshot, TChange}"/> in everything else. The items must
/// not be altered once they are in it: put a new one instead. Safe for concurrent use.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TItem">The items, each of which contains its key.</typeparam>
public sealed class KeyedFeedSource<TKey, TItem>
    : IFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>, IFeedPublisher<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>, IDisposable
    where TKey : notnull
{
    private readonly Func<TItem, TKey> _keyOf;
    private readonly Dictionary<TKey, TItem> _items = [];
    private readonly FeedHub<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> _hub;

    /// <summary>Makes a source.</summary>
    /// <param name="keyOf">Gives an item's key.</param>
    /// <param name="items">The items at first, or null for none. Of several with the same key the last one counts.</param>
    /// <param name="options">How much history is kept, or null for the defaults.</param>
    public KeyedFeedSource(Func<TItem, TKey> keyOf, IEnumerable<TItem>? items = null, FeedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        _keyOf = keyOf;
        _hub = new(options ?? new(), () => new([.. _items.Values]), Apply);
        foreach (var item in items ?? [])
        {
            _items[keyOf(item)] = item;
        }
    }

    /// <summary>The position after the last change. Store it with the items to go on from there after a restart, see <see cref="FeedOptions.Start"/>.</summary>
    public FeedPosition Position => _hub.Position;

    /// <summary>How many subscribers there are, remote and local.</summary>
    public int SubscriberCount => _hub.SubscriberCount;

    /// <summary>How many items there are.</summary>
    public int Count
    {
        get
        {
            lock (_hub.Lock)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Every item, in no particular order.</summary>
    public IReadOnlyList<TItem> Items => _hub.Snapshot.Items;

    /// <summary>Gives the item with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The item.</param>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TItem item)
    {
        lock (_hub.Lock)
        {
            return _items.TryGetValue(key, out item);
        }
    }

    /// <summary>Adds an item, or replaces the one with the same key.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="InvalidOperationException">The feed is completed.</exception>
    public void Put(TItem item) => _hub.Publish(new() { Put = [item] });

    /// <summary>Removes an item.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there was one. If not, nothing is sent.</returns>
    /// <exception cref="InvalidOperationException">The feed is completed.</exception>
    public bool Remove(TKey key)
    {
        lock (_hub.Lock)
        {
            if (!_items.ContainsKey(key))
            {
                return false;
            }

            _hub.Publish(new() { Removed = [key] });
            return true;
        }
    }

    /// <summary>Makes several changes as one, with nothing in between: subscribers see all of them or none.</summary>
    /// <param name="update">Makes the changes. Runs under the feed's lock. If it throws, nothing is changed.</param>
    /// <returns>The position afterwards.</returns>
    /// <exception cref="InvalidOperationException">The feed is completed.</exception>
    public FeedPosition Update(Action<KeyedBatch<TKey, TItem>> update)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_hub.Lock)
        {
            var batch = new KeyedBatch<TKey, TItem>(_items, _keyOf);
            update(batch);
            return batch.ToChange() is { } change ? _hub.Publish(change) : _hub.Position;
        }
    }

    /// <summary>Ends every subscription, present and future, once it has received everything.</summary>
    /// <param name="error">What the subscribers learn, or null for an end without an error.</param>
    public void Complete(LoopException? error = null) => _hub.Complete(error);

    /// <inheritdoc/>
    public IAsyncEnumerable<FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> SubscribeAsync(
        FeedPosition? from = null, CancellationToken cancellationToken = default) => _hub.SubscribeAsync(from, cancellationToken);

    /// <summary>Completes the feed.</summary>
    public void Dispose() => Complete();

    Task IFeedPublisher<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>.PushAsync(
        PushQueue queue,
        PayloadCodec<KeyedSnapshot<TItem>> snapshot,
        PayloadCodec<KeyedChange<TKey, TItem>> change,
        FeedPosition? from,
        CancellationToken cancellationToken) =>
        new FeedSubscriber<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>(_hub, queue, snapshot, change, from).RunAsync(cancellationToken);

    private void Apply(KeyedChange<TKey, TItem> change)
    {
        foreach (var key in change.Removed ?? [])
        {
            _items.Remove(key);
        }

        foreach (var item in change.Put ?? [])
        {
            _items[_keyOf(item)] = item;
        }
    }
}
