namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A hashed wheel: one timer of the system for all connections of a factory. Safe for concurrent use.</summary>
internal sealed class ConnectionTimers : IDisposable
{
    private const int Slots = 1024;
    private const long Tick = 1_000;

    private readonly Lock _gate = new();
    private readonly ConnectionTimer?[] _slots = new ConnectionTimer?[Slots];
    private readonly List<ConnectionTimer> _due = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _armed = long.MaxValue;
    private long _lastTick;
    private int _count;

    public ConnectionTimers(TimeProvider time)
    {
        _time = time;
        _lastTick = Now / Tick;
        _timer = time.CreateTimer(static state => ((ConnectionTimers)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Microseconds of a clock that does not go back.</summary>
    public long Now => (long)((Int128)_time.GetTimestamp() * 1_000_000 / _time.TimestampFrequency);

    public void Schedule(ConnectionTimer timer, long due)
    {
        lock (_gate)
        {
            Unlink(timer);
            Link(timer, Math.Max(due, _lastTick * Tick));
            if (due < _armed)
            {
                Arm(due);
            }
        }
    }

    public void Remove(ConnectionTimer timer)
    {
        lock (_gate)
        {
            Unlink(timer);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        lock (_gate)
        {
            var now = Now;
            var tick = now / Tick;
            for (var slot = Math.Max(_lastTick, tick - Slots + 1); slot <= tick; slot++)
            {
                for (var timer = _slots[slot % Slots]; timer is not null; timer = timer.Next)
                {
                    if (timer.Due <= now)
                    {
                        _due.Add(timer);
                    }
                }
            }

            _lastTick = tick;
            foreach (var timer in _due)
            {
                Unlink(timer);
                timer.Fired();
                ThreadPool.UnsafeQueueUserWorkItem(timer.Owner, preferLocal: false);
            }

            _due.Clear();
            Arm(Earliest(tick));
        }
    }

    // The first that is due within a turn of the wheel, or else the earliest of all.
    private long Earliest(long tick)
    {
        var earliest = long.MaxValue;
        for (var slot = tick; slot < tick + Slots && _count > 0; slot++)
        {
            for (var timer = _slots[slot % Slots]; timer is not null; timer = timer.Next)
            {
                earliest = Math.Min(earliest, timer.Due);
            }

            if (earliest < (slot + 1) * Tick)
            {
                break;
            }
        }

        return earliest;
    }

    private void Arm(long due)
    {
        _armed = due;
        var wait = due == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Clamp((due - Now + Tick - 1) / Tick, 0, int.MaxValue));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Link(ConnectionTimer timer, long due)
    {
        ref var slot = ref _slots[due / Tick % Slots];
        timer.Due = due;
        timer.Next = slot;
        if (slot is not null)
        {
            slot.Previous = timer;
        }

        slot = timer;
        _count++;
    }

    private void Unlink(ConnectionTimer timer)
    {
        if (timer.Due == long.MaxValue)
        {
            return;
        }

        if (timer.Previous is null)
        {
            _slots[timer.Due / Tick % Slots] = timer.Next;
        }
        else
        {
            timer.Previous.Next = timer.Next;
        }

        if (timer.Next is not null)
        {
            timer.Next.Previous = timer.Previous;
        }

        timer.Previous = timer.Next = null;
        timer.Due = long.MaxValue;
        _count--;
    }
}
