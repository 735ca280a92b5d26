namespace Loop.Sdk.Server;

/// <summary>
/// A token bucket in one number: the time at which the bucket will be full again. It takes eight bytes, so that every session can have one, needs no timer,
/// and runs on the server's clock. Safe for concurrent use.
/// </summary>
internal struct RateGate
{
    private long _fullAt;

    public bool TryPass(in RateGateLimit limit, long now)
    {
        var nanoseconds = now * 1_000_000;
        while (true)
        {
            var seen = Volatile.Read(ref _fullAt);
            var start = Math.Max(seen, nanoseconds);
            if (start - nanoseconds > limit.Tolerance)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, start + limit.Interval, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Whether the bucket is full, so that it need not be remembered.</summary>
    public readonly bool IsFull(long now) => _fullAt <= now * 1_000_000;
}
