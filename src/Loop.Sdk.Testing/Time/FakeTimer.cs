namespace Loop.Sdk.Testing;

/// <summary>A timer of a <see cref="FakeClock"/>.</summary>
internal sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _disposed;

    /// <summary>When the timer fires next, or null.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            Due = null;
        }
        else
        {
            clock.Schedule(this, dueTime);
        }

        return true;
    }

    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero)
        {
            clock.Schedule(this, _period);
        }

        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        Due = null;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
