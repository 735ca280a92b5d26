using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Feeds;

/// <summary>An observable list of items with keys that makes the fewest changes it can.</summary>
/// <param name="keyOf">Gives an item's key.</param>
/// <param name="order">How the items are sorted, or null for the order in which they came.</param>
internal sealed class KeyedList<TKey, TItem>(Func<TItem, TKey> keyOf, IComparer<TItem>? order) : ObservableCollection<TItem>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TItem> _byKey = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TItem item) => _byKey.TryGetValue(key, out item);

    public void Put(TItem item)
    {
        var key = keyOf(item);
        var known = _byKey.TryGetValue(key, out var old);
        _byKey[key] = item;
        if (!known)
        {
            Insert(order is null ? Count : PlaceOf(item, except: -1), item);
        }
        else
        {
            Update(IndexOf(key, old!), item);
        }
    }

    public void RemoveKey(TKey key)
    {
        if (_byKey.Remove(key, out var old))
        {
            RemoveAt(IndexOf(key, old));
        }
    }

    /// <summary>Makes these items, of which only the last counts for each key, the whole list.</summary>
    public void Become(IReadOnlyList<TItem> items)
    {
        var coming = new Dictionary<TKey, TItem>(items.Count);
        foreach (var item in items)
        {
            coming[keyOf(item)] = item;
        }

        for (var index = Count - 1; index >= 0; index--)
        {
            var key = keyOf(this[index]);
            if (!coming.TryGetValue(key, out var item))
            {
                _byKey.Remove(key);
                RemoveAt(index);
            }
            else if (order is null)
            {
                // Its place is known here, and stays.
                coming.Remove(key);
                _byKey[key] = item;
                Update(index, item);
            }
        }

        foreach (var item in coming.Values)
        {
            Put(item);
        }
    }

    private void Update(int index, TItem item)
    {
        if (EqualityComparer<TItem>.Default.Equals(this[index], item))
        {
            return;
        }

        if (order is not null && PlaceOf(item, except: index) is var place && place != index)
        {
            Move(index, place);
            index = place;
        }

        this[index] = item;
    }

    private int IndexOf(TKey key, TItem item)
    {
        if (order is not null)
        {
            for (var index = Search(except: -1, other => order.Compare(other, item) < 0); index < Count && order.Compare(this[index], item) == 0; index++)
            {
                if (IsAt(index, key))
                {
                    return index;
                }
            }
        }

        for (var index = 0; ; index++)
        {
            if (IsAt(index, key))
            {
                return index;
            }
        }
    }

    /// <summary>Where an item belongs, if the one at <paramref name="except"/> were gone. That one's own place is preferred.</summary>
    private int PlaceOf(TItem item, int except)
    {
        if (except >= 0
            && (except == 0 || order!.Compare(this[except - 1], item) <= 0)
            && (except == Count - 1 || order!.Compare(item, this[except + 1]) <= 0))
        {
            return except;
        }

        return Search(except, other => order!.Compare(other, item) <= 0);
    }

    /// <summary>How many items come before a place, by halves. Passes over the one at <paramref name="except"/>.</summary>
    private int Search(int except, Func<TItem, bool> isBefore)
    {
        var low = 0;
        var high = except >= 0 ? Count - 1 : Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (isBefore(this[except >= 0 && middle >= except ? middle + 1 : middle]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private bool IsAt(int index, TKey key) => EqualityComparer<TKey>.Default.Equals(keyOf(this[index]), key);
}
