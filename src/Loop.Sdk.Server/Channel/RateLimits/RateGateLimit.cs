namespace Loop.Sdk.Server;

/// <summary>A rate limit in nanoseconds.</summary>
/// <param name="Interval">What one passage costs.</param>
/// <param name="Tolerance">How far a burst may run ahead.</param>
internal readonly record struct RateGateLimit(long Interval, long Tolerance)
{
    public static RateGateLimit? Of(RateLimit? limit)
    {
        if (limit is null)
        {
            return null;
        }

        var interval = (long)(1e9 / limit.PerSecond);
        return new RateGateLimit(interval, (long)Math.Min((double)interval * (limit.Burst - 1), long.MaxValue / 4));
    }
}
