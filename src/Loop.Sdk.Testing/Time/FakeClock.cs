namespace Loop.Sdk.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire, in order, while it is moved, on the thread that moves it; one that is due at once fires at once,
/// on a thread of the pool. Safe for concurrent use.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    // Real time: what the clock set in motion runs on other threads, and needs a moment for it.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(FakeTimer Timer, long Entry), (DateTimeOffset Due, long Entry)> _timers = new();
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _entries;

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
            return _now.ToUniversalTime();
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

    /// <summary>
    /// Moves the clock forward, and runs what falls due on the way at its time. What that sets in motion on other threads sees the clock where it then is: move
    /// it in steps, and await something in between, where both matter.
    /// </summary>
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

    /// <summary>Moves the clock forward step by step until a task is done, and lets other threads run for a moment (of real time) after each step.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="step">How far each step goes, more than 0.</param>
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        while (!task.IsCompleted)
        {
            Advance(step);
            await Task.WhenAny(task, Task.Delay(Breath)).ConfigureAwait(false);
        }

        await task.ConfigureAwait(false);
    }

    internal bool Change(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_lock)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
            timer.Entry = 0;
            if (dueTime >= TimeSpan.Zero)
            {
                Schedule(timer, dueTime);
            }
        }

        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.Advance(TimeSpan.Zero), this, preferLocal: false);
        }

        return true;
    }

    internal void Dispose(FakeTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            timer.Entry = 0;
        }
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "The time is negative.");
        }
    }

    private void Schedule(FakeTimer timer, TimeSpan dueTime)
    {
        timer.Entry = ++_entries;
        _timers.Enqueue((timer, timer.Entry), (_now + dueTime, timer.Entry));
    }

    private FakeTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var next, out var priority) && priority.Due <= target)
            {
                _timers.Dequeue();

                // Another entry counts if the timer was changed since, and none if it was stopped.
                if (next.Timer.Entry != next.Entry)
                {
                    continue;
                }

                _now = priority.Due > _now ? priority.Due : _now;
                next.Timer.Entry = 0;
                if (next.Timer.Period > TimeSpan.Zero)
                {
                    Schedule(next.Timer, next.Timer.Period);
                }

                return next.Timer;
            }

            return null;
        }
    }
}
