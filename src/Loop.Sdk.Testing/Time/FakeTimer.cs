namespace Loop.Sdk.Testing;

/// <summary>A timer of a <see cref="FakeClock"/>, which keeps its state.</summary>
internal sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>The place in the clock's queue that counts, or 0 if the timer is stopped. Under the clock's lock.</summary>
    public long Entry { get; set; }

    /// <summary>The time between two calls, or zero for one call. Under the clock's lock.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Whether the timer never fires again. Under the clock's lock.</summary>
    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

    public void Fire() => callback(state);

    public void Dispose() => clock.Dispose(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
