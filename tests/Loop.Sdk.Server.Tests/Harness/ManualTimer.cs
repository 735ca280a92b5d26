namespace Loop.Sdk.Server.Tests.Harness;

internal sealed class ManualTimer(ManualTime time, Action callback) : ITimer
{
    private TimeSpan _period;

    public long DueAt { get; private set; }

    public bool RunsOnce => _period <= TimeSpan.Zero;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        DueAt = time.GetTimestamp() + dueTime.Ticks;
        time.Schedule(this, dueTime >= TimeSpan.Zero);
        return true;
    }

    public void Run()
    {
        if (_period > TimeSpan.Zero)
        {
            DueAt += _period.Ticks;
        }
        else
        {
            time.Schedule(this, on: false);
        }

        callback();
    }

    public void Dispose() => time.Schedule(this, on: false);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
