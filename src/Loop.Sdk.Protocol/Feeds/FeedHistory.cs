namespace Loop.Sdk.Feeds;

/// <summary>The last changes of a feed, without gaps, as many as the bounds allow. Used under the feed's lock.</summary>
internal sealed class FeedHistory<TChange>(int maxCount, int maxBytes)
{
    private const int FirstSize = 4;

    private FeedEntry<TChange>?[] _ring = [];
    private int _first;
    private long _bytes;

    public int Count { get; private set; }

    /// <summary>The offset before the oldest entry. Only if there is one.</summary>
    public long Start => _ring[_first]!.Follows;

    /// <summary>The entry that many places before the newest.</summary>
    public FeedEntry<TChange> FromNewest(long back) => _ring[Slot(Count - 1 - (int)back)]!;

    /// <summary>The oldest entry after an offset. Only if there is one.</summary>
    public FeedEntry<TChange> After(long offset)
    {
        // Nearly always every entry is one change, and its place follows from its offset.
        var newest = FromNewest(0).Position.Offset;
        if (newest - Start == Count)
        {
            return FromNewest(newest - offset - 1);
        }

        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ring[Slot(middle)]!.Position.Offset > offset ? (low, middle) : (middle + 1, high);
        }

        return _ring[Slot(low)]!;
    }

    public void Clear()
    {
        _ring = [];
        _first = 0;
        _bytes = 0;
        Count = 0;
    }

    public void Add(FeedEntry<TChange> entry)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[Slot(Count++)] = entry;
        OnGrown(entry.Bytes);
    }

    /// <summary>An entry's payload was made after it was added.</summary>
    public void OnGrown(int bytes)
    {
        _bytes += bytes;
        while (Count > 0 && (Count > maxCount || _bytes > maxBytes))
        {
            _bytes -= _ring[_first]!.Bytes;
            _ring[_first] = null;
            _first = Slot(1);
            Count--;
        }
    }

    private int Slot(int index) => (_first + index) & (_ring.Length - 1);

    private void Grow()
    {
        var larger = new FeedEntry<TChange>?[Math.Max(FirstSize, _ring.Length * 2)];
        for (var index = 0; index < Count; index++)
        {
            larger[index] = _ring[Slot(index)];
        }

        _ring = larger;
        _first = 0;
    }
}
