namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>When things are due, in microseconds.</summary>
internal sealed class TimerSet
{
    private readonly long[] _due = new long[(int)TimerKind.StreamReset + 1];

    public TimerSet() => ClearAll();

    /// <summary>When the first is due.</summary>
    public long Next
    {
        get
        {
            var next = long.MaxValue;
            foreach (var due in _due)
            {
                next = Math.Min(next, due);
            }

            return next;
        }
    }

    public void Set(TimerKind kind, long due) => _due[(int)kind] = due;

    public void Clear(TimerKind kind) => _due[(int)kind] = long.MaxValue;

    public void ClearAll() => Array.Fill(_due, long.MaxValue);

    public bool IsSet(TimerKind kind) => _due[(int)kind] != long.MaxValue;

    /// <summary>Whether it is due; it is cleared then.</summary>
    public bool Take(TimerKind kind, long now)
    {
        if (_due[(int)kind] > now)
        {
            return false;
        }

        Clear(kind);
        return true;
    }
}
