using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class RemoteFeedTests
{
    [TestMethod]
    public async Task Remote_feed_gives_snapshot_then_changes_when_subscribed()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        source.Publish(new Step { Number = 1 });
        await using var reader = new FeedReader(link.Client.Tally());

        var first = await reader.NextAsync();
        source.Publish(new Step { Number = 2 });
        var second = await reader.NextAsync();

        Assert.AreEqual(FeedEventKind.Snapshot, first.Kind);
        Assert.IsFalse(first.Recovered);
        Assert.AreEqual(FeedEventKind.Change, second.Kind);
        Assert.AreEqual(source.Position, second.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
    }
}
