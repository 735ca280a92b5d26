namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>A state that differs if any step is missing, doubled or out of order.</summary>
public sealed record Tally(long Count, long Hash)
{
    public static Tally Empty { get; } = new(0, 17);

    public static Tally Apply(Tally tally, Step step) => new(tally.Count + 1, unchecked((tally.Hash * 31) + step.Peek()));

    public static FeedSource<Tally, Step> NewSource(FeedOptions? options = null) => new(Empty, Apply, options);
}
