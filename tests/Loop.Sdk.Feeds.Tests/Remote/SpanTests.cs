using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class SpanTests
{
    [TestMethod]
    public async Task Change_that_stands_for_several_is_taken_when_it_follows_or_overlaps()
    {
        var feed = new ScriptedFeed(_ => [ScriptedFeed.Snapshot(3), Span(2, 6), Span(6, 9)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var events = link.Client.Tally().SubscribeAsync().GetAsyncEnumerator();
        foreach (var offset in new long[] { 3, 6, 9 })
        {
            Assert.IsTrue(await events.MoveNextAsync());
            Assert.AreEqual(offset, events.Current.Position.Offset);
        }

        Assert.HasCount(1, feed.Asked);
    }

    [TestMethod]
    [DataRow(4, 6)]
    [DataRow(1, 3)]
    public async Task Subscription_begins_again_when_a_change_leaves_something_out_or_brings_nothing(int follows, int offset)
    {
        var feed = new ScriptedFeed(_ => [ScriptedFeed.Snapshot(3), Span(follows, offset)], _ => [ScriptedFeed.Resumed(3), Span(3, 6)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var events = link.Client.Tally().SubscribeAsync().GetAsyncEnumerator();
        var kinds = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            Assert.IsTrue(await events.MoveNextAsync());
            kinds.Add($"{events.Current.Kind} {events.Current.Position.Offset}");
        }

        Assert.AreEqual("Snapshot 3, Resumed 3, Change 6", string.Join(", ", kinds));
        Assert.AreEqual(3, feed.Asked[1]!.Value.Offset);
    }

    private static FeedEvent<Tally, Step> Span(long follows, long offset) =>
        FeedEvent<Tally, Step>.OfChange(new Step { Number = (int)offset }, new FeedPosition(7, offset), follows);
}
