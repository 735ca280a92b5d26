namespace Loop.Sdk.Presence;

/// <summary>What a device is, by when it was last used.</summary>
/// <param name="AwayAfter">When it is away, or infinite.</param>
/// <param name="UnavailableAfter">When it is unavailable, or infinite.</param>
internal readonly record struct IdlePolicy(TimeSpan AwayAfter, TimeSpan UnavailableAfter)
{
    public AvailabilityState StateAfter(TimeSpan idle) =>
        Has(UnavailableAfter, idle) ? AvailabilityState.Unavailable : Has(AwayAfter, idle) ? AvailabilityState.Away : AvailabilityState.Online;

    /// <summary>How long it stays like that; infinite for as long as nothing is done.</summary>
    public TimeSpan RestOf(TimeSpan idle)
    {
        var rests = new[] { AwayAfter, UnavailableAfter }.Where(limit => limit != Timeout.InfiniteTimeSpan && limit > idle).Select(limit => limit - idle).ToArray();
        return rests.Length > 0 ? rests.Min() : Timeout.InfiniteTimeSpan;
    }

    private static bool Has(TimeSpan limit, TimeSpan idle) => limit != Timeout.InfiniteTimeSpan && idle >= limit;
}
