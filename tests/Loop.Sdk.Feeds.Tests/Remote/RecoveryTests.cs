using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class RecoveryTests
{
    [TestMethod]
    public async Task Feed_resumes_without_a_gap_when_the_session_is_lost_and_the_history_reaches_back()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();
        source.Publish(new Step { Number = 1 });
        await reader.NextAsync();

        await link.LoseSessionAsync();
        source.Publish(new Step { Number = 2 });
        link.NewSession();
        var resumed = await reader.NextAsync();
        await reader.ReadToAsync(source.Position);

        Assert.AreEqual(FeedEventKind.Resumed, resumed.Kind);
        Assert.IsTrue(resumed.Recovered);
        Assert.AreEqual(1, reader.Snapshots);
        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.IsTrue(link.Time.Pauses.IsEmpty, "The first retry needs no pause.");
    }

    [TestMethod]
    public async Task Feed_sends_a_snapshot_and_says_so_when_the_history_no_longer_reaches_back()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 2 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        await link.LoseSessionAsync();
        for (var number = 1; number <= 3; number++)
        {
            source.Publish(new Step { Number = number });
        }

        link.NewSession();
        var @event = await reader.NextAsync();

        Assert.AreEqual(FeedEventKind.Snapshot, @event.Kind);
        Assert.IsFalse(@event.Recovered);
        Assert.AreEqual(source.Position, @event.Position);
        Assert.AreEqual(source.Snapshot, reader.State);
    }

    [TestMethod]
    public async Task Feed_sends_a_snapshot_when_the_source_was_rebuilt()
    {
        using var before = Tally.NewSource();
        using var after = Tally.NewSource();
        var source = before;
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        await link.LoseSessionAsync();
        source = after;
        link.NewSession();
        var @event = await reader.NextAsync();

        Assert.AreEqual(FeedEventKind.Snapshot, @event.Kind);
        Assert.AreNotEqual(before.Position.Epoch, @event.Position.Epoch);
    }

    [TestMethod]
    public async Task Feed_goes_on_with_nothing_but_changes_when_the_session_survives_a_cut()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        await link.CutAsync();
        for (var number = 1; number <= 100; number++)
        {
            source.Publish(new Step { Number = number });
        }

        link.Reconnect();
        await reader.ReadToAsync(source.Position);

        Assert.AreEqual(source.Snapshot, reader.State);
        Assert.AreEqual(1, reader.Snapshots);
        Assert.AreEqual(0, reader.Resumptions);
        Assert.AreEqual(100, reader.Changes);
    }

    [TestMethod]
    public async Task Feed_converges_when_it_is_cut_and_lost_again_and_again_while_changes_are_made()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 50 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();
        var publishing = Task.Run(async () =>
        {
            for (var number = 1; number <= 2000; number++)
            {
                source.Publish(new Step { Number = number });
                await Task.Yield();
            }
        });
        var reading = Task.Run(() => reader.ReadToAsync(new FeedPosition(source.Position.Epoch, 2000)));

        for (var round = 0; round < 20; round++)
        {
            if (round % 3 == 0)
            {
                await link.LoseSessionAsync();
                link.NewSession();
            }
            else
            {
                await link.CutAsync();
                link.Reconnect();
            }
        }

        await publishing;
        await reading;
        Assert.AreEqual(source.Snapshot, reader.State);
    }
}
