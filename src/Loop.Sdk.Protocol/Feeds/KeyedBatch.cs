using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Feeds;

/// <summary>Several changes that become one. Valid only within <see cref="KeyedFeedSource{TKey, TItem}.Update"/>.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TItem">The items.</typeparam>
public sealed class KeyedBatch<TKey, TItem>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TItem> _items;
    private readonly Func<TItem, TKey> _keyOf;
    private readonly Dictionary<TKey, TItem> _put = [];
    private readonly HashSet<TKey> _removed = [];

    internal KeyedBatch(Dictionary<TKey, TItem> items, Func<TItem, TKey> keyOf)
    {
        _items = items;
        _keyOf = keyOf;
    }

    /// <summary>Adds an item, or replaces the one with the same key.</summary>
    /// <param name="item">The item.</param>
    public void Put(TItem item)
    {
        var key = _keyOf(item);
        _removed.Remove(key);
        _put[key] = item;
    }

    /// <summary>Removes an item.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(TKey key)
    {
        var added = _put.Remove(key);
        return _items.ContainsKey(key) ? _removed.Add(key) : added;
    }

    /// <summary>Gives the item with a key, with the batch's changes so far.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The item.</param>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TItem item)
    {
        if (_put.TryGetValue(key, out item))
        {
            return true;
        }

        return !_removed.Contains(key) && _items.TryGetValue(key, out item);
    }

    /// <summary>The batch as one change, or null if it changes nothing.</summary>
    internal KeyedChange<TKey, TItem>? ToChange() =>
        _put.Count + _removed.Count == 0
            ? null
            : new() { Put = _put.Count > 0 ? [.. _put.Values] : null, Removed = _removed.Count > 0 ? [.. _removed] : null };
}
