namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The place of a connection on the wheel of its factory.</summary>
internal sealed class ConnectionTimer(ConnectionTimers timers, IThreadPoolWorkItem owner)
{
    private long _wanted = long.MaxValue;

    public IThreadPoolWorkItem Owner { get; } = owner;

    /// <summary>When it is due, in microseconds; <see cref="long.MaxValue"/> while it is not on the wheel. Changed by the wheel, under its lock.</summary>
    public long Due { get; set; } = long.MaxValue;

    public ConnectionTimer? Previous { get; set; }

    public ConnectionTimer? Next { get; set; }

    /// <summary>Sees to it that the owner runs no later than then. It may run earlier: what is due later is not taken off the wheel for what was due before.</summary>
    public void Want(long due)
    {
        if (due < Volatile.Read(ref _wanted))
        {
            Volatile.Write(ref _wanted, due);
            timers.Schedule(this, due);
        }
    }

    /// <summary>Takes it off the wheel.</summary>
    public void Stop() => timers.Remove(this);

    /// <summary>The wheel says that the owner is about to run.</summary>
    public void Fired() => Volatile.Write(ref _wanted, long.MaxValue);
}
