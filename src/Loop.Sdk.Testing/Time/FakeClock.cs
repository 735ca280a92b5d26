namespace Loop.Sdk.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire, in order, while it is moved. Safe for concurrent use.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<FakeTimer, (DateTimeOffset Due, long Order)> _timers = new();
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _order;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">The time that it shows, by default the start of 2030, UTC.</param>
    public FakeClock(DateTimeOffset? start = null) => _start = _now = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward, and runs what falls due on the way at its time.</summary>
    /// <param name="by">How far, 0 or more.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = target > _now ? target : _now;
        }
    }

    internal void Schedule(FakeTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            timer.Due = _now + dueTime;
            _timers.Enqueue(timer, (timer.Due.Value, _order++));
        }
    }

    private FakeTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var priority) && priority.Due <= target)
            {
                _timers.Dequeue();

                // An entry that is not the timer's present one was changed or stopped since.
                if (timer.Due == priority.Due)
                {
                    _now = priority.Due > _now ? priority.Due : _now;
                    timer.Due = null;
                    return timer;
                }
            }

            return null;
        }
    }
}
