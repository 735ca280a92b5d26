using Loop.Sdk.Feeds.Tests.Harness;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class SlowSubscriberTests
{
    private static readonly string Padding = new('x', 1000);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Slow_subscriber_holds_up_nobody_and_converges_by_a_snapshot_when_it_reads_again(bool absent)
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();
        if (absent)
        {
            await link.CutAsync();
        }

        for (var number = 1; number <= 20_000; number++)
        {
            source.Publish(new Step { Number = number, Padding = Padding });
        }

        Assert.IsLessThan(512 * 1024, link.ServerEnd.Session.Unacknowledged);
        if (absent)
        {
            link.Reconnect();
        }

        await reader.ReadToAsync(source.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.AreEqual(2, reader.Snapshots, "One at first, and one for what the history no longer held.");
    }

    [TestMethod]
    public async Task Slow_subscriber_misses_nothing_when_the_history_reaches_back()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 2000, HistoryBytes = 8 * 1024 * 1024 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        for (var number = 1; number <= 2000; number++)
        {
            source.Publish(new Step { Number = number, Padding = Padding });
        }

        await reader.ReadToAsync(source.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.AreEqual(1, reader.Snapshots);
        Assert.AreEqual(2000, reader.Changes);
    }

    [TestMethod]
    public async Task Slow_subscriber_is_not_forgotten_when_room_comes_in_the_moment_of_its_refusal()
    {
        const int Changes = 50_000;
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = Changes, HistoryBytes = int.MaxValue });
        var narrow = new SessionOptions { Limits = new PeerLimits { StreamWindow = 128 }, MaxStreamWindow = 128 };
        await using var link = new TestLink(new TestService { TallyFeed = () => source }, narrow);
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        for (var number = 1; number <= Changes; number++)
        {
            source.Publish(new Step { Number = number });
        }

        await reader.ReadToAsync(source.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.AreEqual(1, reader.Snapshots);
    }

    [TestMethod]
    public async Task Slow_subscriber_gets_changes_that_are_larger_than_a_frame()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryBytes = 64 * 1024 * 1024 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        for (var number = 1; number <= 20; number++)
        {
            source.Publish(new Step { Number = number, Padding = new string('x', 300_000) });
        }

        await reader.ReadToAsync(source.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.AreEqual(1, reader.Snapshots);
    }

    [TestMethod]
    public async Task Slow_subscriber_does_not_delay_another_on_the_same_session()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var slow = new FeedReader(link.Client.Tally());
        await using var quick = new FeedReader(link.Client.Tally());
        await slow.NextAsync();
        await quick.NextAsync();

        for (var number = 1; number <= 1000; number++)
        {
            source.Publish(new Step { Number = number, Padding = Padding });
            await quick.ReadToAsync(source.Position);
        }

        Assert.AreEqual(1, quick.Snapshots);
        await slow.ReadToAsync(source.Position);
        Assert.AreEqual(source.Snapshot, slow.State);
    }

    [TestMethod]
    public async Task Subscriber_alone_fails_when_a_change_is_larger_than_its_end_takes()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var remote = new FeedReader(link.Client.Tally());
        await using var local = new FeedReader(source);
        await remote.NextAsync();
        await local.NextAsync();

        source.Publish(new Step { Number = 1, Padding = new string('x', 5 * 1024 * 1024) });
        await local.ReadToAsync(source.Position);

        var error = await Assert.ThrowsExactlyAsync<LoopException>(remote.NextAsync);
        Assert.AreEqual(ErrorCodes.MessageTooLarge, error.Code);
    }

    [TestMethod]
    public async Task Completed_feed_ends_for_a_slow_subscriber_after_everything_arrived()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();
        for (var number = 1; number <= 500; number++)
        {
            source.Publish(new Step { Number = number, Padding = Padding });
        }

        source.Complete();

        await reader.ReadToAsync(source.Position);
        await reader.EndAsync();
        Assert.AreEqual(source.Snapshot, reader.State);
    }
}
