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

    [TestMethod]
    public async Task Remote_feed_ends_after_the_last_change_when_its_source_is_completed()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        source.Publish(new Step { Number = 1 });
        source.Complete();

        await reader.ReadToAsync(source.Position);
        await reader.EndAsync();
    }

    [TestMethod]
    public async Task Remote_feed_fails_with_the_source_s_error_when_it_is_completed_with_one()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        source.Complete(new LoopException("room_gone", "The room was deleted."));

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);
        Assert.AreEqual("room_gone", error.Code);
    }

    [TestMethod]
    public async Task Remote_feed_releases_its_source_when_the_consumer_stops()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();
        Assert.AreEqual(1, source.SubscriberCount);

        await reader.DisposeAsync();

        await Until.TrueAsync(() => source.SubscriberCount == 0);
    }

    [TestMethod]
    public async Task Remote_feed_ends_with_a_cancellation_when_the_token_is_cancelled()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        using var stop = new CancellationTokenSource();
        var events = link.Client.Tally().SubscribeAsync(null, stop.Token).GetAsyncEnumerator();
        await events.MoveNextAsync();
        var next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => next);
        await events.DisposeAsync();
    }

    [TestMethod]
    public async Task Remote_feed_ends_with_a_cancellation_when_the_token_is_cancelled_while_there_is_no_session()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        using var stop = new CancellationTokenSource();
        var events = link.Client.Tally().SubscribeAsync(null, stop.Token).GetAsyncEnumerator();
        await events.MoveNextAsync();
        await link.LoseSessionAsync();
        var next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => next);
        await events.DisposeAsync();
    }

    [TestMethod]
    public async Task Remote_feed_is_refused_when_the_position_on_the_wire_is_impossible()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally(), from: new FeedPosition(1, -1));

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);

        Assert.AreEqual(ErrorCodes.InvalidPayload, error.Code);
    }
}
