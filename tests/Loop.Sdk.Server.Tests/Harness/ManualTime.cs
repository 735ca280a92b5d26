namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and runs every timer that becomes due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (Next(end) is { } timer)
        {
            Volatile.Write(ref _ticks, Math.Max(GetTimestamp(), timer.DueAt));
            timer.Run();
        }

        Volatile.Write(ref _ticks, end);
    }

    /// <summary>Whether a timer that runs once is due within this time.</summary>
    public bool IsAwaited(TimeSpan within)
    {
        lock (_lock)
        {
            return _timers.Exists(timer => timer.RunsOnce && timer.DueAt <= GetTimestamp() + within.Ticks);
        }
    }

    public void Schedule(ManualTimer timer, bool on)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (on)
            {
                _timers.Add(timer);
            }
        }
    }

    private ManualTimer? Next(long end)
    {
        lock (_lock)
        {
            return _timers.Where(timer => timer.DueAt <= end).MinBy(static timer => timer.DueAt);
        }
    }
}
