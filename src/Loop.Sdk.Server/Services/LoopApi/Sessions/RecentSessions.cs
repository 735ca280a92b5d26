namespace Loop.Sdk.Server.LoopApi;

/// <summary>
/// The sessions that were read from the store a moment ago. Nobody who ends a session here needs to wait for that moment: <see cref="Forget"/>. That another process ended it is noticed when the
/// moment is over. Keys of sessions that are forgotten are overwritten.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How many sessions are remembered, at least 1.</param>
internal sealed class RecentSessions(TimeProvider time, int limit)
{
    /// <summary>How long a session is believed to be as it was read.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);

    // In the order of reading, which is that of forgetting. Some were forgotten, or replaced, before.
    private readonly Queue<Entry> _order = new();
    private long _ended;

    /// <summary>How many sessions are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>How often sessions were ended: to be asked before a session is read, and told with it.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>A session, if it was read a moment ago.</summary>
    public HawkSession? Find(string id)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out var entry) && IsRecent(entry) ? entry.Session : null;
        }
    }

    /// <summary>Remembers a session, unless one was ended since it was read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ended">What <see cref="Ended"/> was before it was read.</param>
    public void Add(HawkSession session, long ended)
    {
        lock (_lock)
        {
            if (_ended != ended)
            {
                return;
            }

            Remove(session.Id);
            var entry = new Entry(session, time.GetTimestamp());
            _sessions.Add(session.Id, entry);
            _order.Enqueue(entry);
            Trim();
        }
    }

    /// <summary>A session lasts longer than was read.</summary>
    public void Prolong(string id, long expiresAt)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(id, out var entry))
            {
                entry.Session = entry.Session with { ExpiresAt = expiresAt };
            }
        }
    }

    /// <summary>A session was ended in the store.</summary>
    public void Forget(string id)
    {
        lock (_lock)
        {
            _ended++;
            Remove(id);
        }
    }

    /// <summary>Some or all sessions of a user were.</summary>
    public void ForgetUser(string user)
    {
        lock (_lock)
        {
            _ended++;
            foreach (var entry in _sessions.Values.Where(entry => entry.Session.User == user).ToList())
            {
                Remove(entry.Session.Id);
            }
        }
    }

    /// <summary>Forgets those whose moment is over.</summary>
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
            if (_sessions.GetValueOrDefault(oldest.Session.Id) == oldest)
            {
                Remove(oldest.Session.Id);
            }
        }
    }

    private void Remove(string id)
    {
        if (_sessions.Remove(id, out var entry))
        {
            entry.Session.Key.Dispose();
        }
    }

    private sealed class Entry(HawkSession session, long readAt)
    {
        public HawkSession Session { get; set; } = session;

        public long ReadAt => readAt;
    }
}
