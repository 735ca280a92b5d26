using System.Runtime.CompilerServices;

namespace Loop.Sdk.Reconnect;

/// <summary>One timer for all clients on the same clock, so that a client costs none. It also notices when the machine slept.</summary>
internal sealed class Heartbeat
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A beat may be late by as much on a busy machine.
    private static readonly TimeSpan SleepGap = Period + TimeSpan.FromSeconds(5);
    private static readonly ConditionalWeakTable<TimeProvider, Heartbeat> ByClock = new();

    private readonly Lock _lock = new();
    private readonly Members<IHeartbeatMember> _members = new();
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private DateTimeOffset _lastBeat;
    private int _beating;

    private Heartbeat(TimeProvider time) => _time = time;

    public static Heartbeat For(TimeProvider time) => ByClock.GetValue(time, static key => new Heartbeat(key));

    public void Add(IHeartbeatMember member)
    {
        lock (_lock)
        {
            if (_members.Add(member))
            {
                _lastBeat = _time.GetUtcNow();
                _timer ??= CreateTimer();
                _timer.Change(Period, Period);
            }
        }
    }

    public void Remove(IHeartbeatMember member)
    {
        lock (_lock)
        {
            if (_members.Remove(member))
            {
                _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // The timer lives as long as the clock: it must not hold on to the context of whoever came first.
    private ITimer CreateTimer()
    {
        using var restore = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return _time.CreateTimer(static state => ((Heartbeat)state!).Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Beat()
    {
        // A beat that takes longer than the period is not overtaken by the next one.
        if (Interlocked.Exchange(ref _beating, 1) != 0)
        {
            return;
        }

        try
        {
            var now = _time.GetUtcNow();
            // Only the wall clock goes on while a machine sleeps, on every system. That it may also be set is harmless: the answer is a ping.
            var slept = now - _lastBeat > SleepGap;
            _lastBeat = now;
            foreach (var member in _members.Snapshot())
            {
                if (slept)
                {
                    member.OnWake();
                }

                member.OnBeat();
            }
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }
}
