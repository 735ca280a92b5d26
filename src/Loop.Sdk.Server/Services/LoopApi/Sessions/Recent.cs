namespace Loop.Sdk.Server.LoopApi;

/// <summary>
/// What was read from the store a moment ago, and is believed until the moment is over. What changes in the store by this process is forgotten at once; what another process changes, when the moment
/// is over.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How much is remembered, at least 1.</param>
/// <param name="forget">Called for each value that is forgotten, under a lock.</param>
internal sealed class Recent<TKey, TValue>(TimeProvider time, int limit, Action<TValue>? forget = null)
    where TKey : notnull
{
    /// <summary>How long something is believed to be as it was read.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    // In the order of reading, which is that of forgetting. Some were forgotten, or replaced, before.
    private readonly Queue<Entry> _order = new();
    private long _changes;

    /// <summary>How much is remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How often something was changed: to be asked before reading, and told with what was read.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>What was read a moment ago; the default if nothing was.</summary>
    public TValue? Find(TKey key)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var entry) && IsRecent(entry) ? entry.Value : default;
        }
    }

    /// <summary>Remembers what was read, unless something was changed since.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="value">What was read.</param>
    /// <param name="changes">What <see cref="Changes"/> was before it was read.</param>
    public void Add(TKey key, TValue value, long changes)
    {
        lock (_lock)
        {
            if (_changes != changes)
            {
                return;
            }

            Remove(key);
            var entry = new Entry(key, value, time.GetTimestamp());
            _entries.Add(key, entry);
            _order.Enqueue(entry);
            Trim();
        }
    }

    /// <summary>Changes what is remembered as the store was changed. It is not newer by that, and the old value is not given to whoever forgets.</summary>
    public void Update(TKey key, Func<TValue, TValue> update)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                entry.Value = update(entry.Value);
            }
        }
    }

    /// <summary>Something was changed in the store.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _changes++;
            Remove(key);
        }
    }

    /// <summary>All that fits may have been changed in the store.</summary>
    public void ForgetAll(Func<TValue, bool> fits)
    {
        lock (_lock)
        {
            _changes++;
            foreach (var entry in _entries.Values.Where(entry => fits(entry.Value)).ToList())
            {
                Remove(entry.Key);
            }
        }
    }

    /// <summary>Forgets what was read too long ago.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            Trim();
        }
    }

    private bool IsRecent(Entry entry) => time.GetElapsedTime(entry.ReadAt) < Moment;

    private void Trim()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > limit || !IsRecent(oldest)))
        {
            _order.Dequeue();
            if (_entries.GetValueOrDefault(oldest.Key) == oldest)
            {
                Remove(oldest.Key);
            }
        }
    }

    private void Remove(TKey key)
    {
        if (_entries.Remove(key, out var entry))
        {
            forget?.Invoke(entry.Value);
        }
    }

    private sealed class Entry(TKey key, TValue value, long readAt)
    {
        public TKey Key => key;

        public TValue Value { get; set; } = value;

        public long ReadAt => readAt;
    }
}
