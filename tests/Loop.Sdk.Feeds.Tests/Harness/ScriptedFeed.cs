using System.Runtime.CompilerServices;

namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>A feed that does as it is told for each subscription in turn, right or wrong. It is pulled, not pushed.</summary>
internal sealed class ScriptedFeed(params Func<FeedPosition?, IEnumerable<FeedEvent<Tally, Step>>>[] scripts) : IFeed<Tally, Step>
{
    private int _subscriptions = -1;

    public List<FeedPosition?> Asked { get; } = [];

    public static FeedEvent<Tally, Step> Snapshot(long offset) => FeedEvent<Tally, Step>.OfSnapshot(Tally.Empty, new(7, offset));

    public static FeedEvent<Tally, Step> Change(long offset) => FeedEvent<Tally, Step>.OfChange(new Step { Number = (int)offset }, new(7, offset));

    public static FeedEvent<Tally, Step> Resumed(long offset) => FeedEvent<Tally, Step>.OfResumed(new(7, offset));

    public async IAsyncEnumerable<FeedEvent<Tally, Step>> SubscribeAsync(
        FeedPosition? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked.Add(from);
        var script = scripts[Math.Min(Interlocked.Increment(ref _subscriptions), scripts.Length - 1)];
        foreach (var @event in script(from))
        {
            yield return @event;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
