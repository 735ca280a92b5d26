using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Sources;

[TestClass]
public sealed class FeedSourceTests
{
    [TestMethod]
    public async Task Source_sends_a_snapshot_first_when_nothing_is_asked_for()
    {
        using var source = Tally.NewSource();
        source.Publish(new Step { Number = 3 });
        await using var reader = new FeedReader(source);

        var @event = await reader.NextAsync();

        Assert.AreEqual(FeedEventKind.Snapshot, @event.Kind);
        Assert.AreEqual(source.Position, @event.Position);
        Assert.AreEqual(source.Snapshot, @event.Snapshot);
    }

    [TestMethod]
    [DataRow(4, true)]
    [DataRow(3, true)]
    [DataRow(2, false)]
    [DataRow(0, false)]
    [DataRow(6, false)]
    public async Task Source_resumes_only_where_its_history_reaches(long offset, bool resumes)
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 2 });
        for (var number = 1; number <= 5; number++)
        {
            source.Publish(new Step { Number = number });
        }

        await using var reader = new FeedReader(source, source.Position with { Offset = offset }, Tally.Empty);
        var @event = await reader.NextAsync();
        await reader.ReadToAsync(source.Position);

        Assert.AreEqual(resumes ? FeedEventKind.Resumed : FeedEventKind.Snapshot, @event.Kind);
        Assert.AreEqual(resumes, @event.Recovered);
        Assert.AreEqual(resumes ? 5 - offset : 0, reader.Changes);
    }

    [TestMethod]
    public async Task Source_resumes_when_it_is_asked_for_its_present_position_and_keeps_no_history()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 0 });
        source.Publish(new Step { Number = 1 });
        await using var reader = new FeedReader(source, source.Position, source.Snapshot);

        Assert.AreEqual(FeedEventKind.Resumed, (await reader.NextAsync()).Kind);
    }

    [TestMethod]
    public async Task Source_sends_a_snapshot_when_the_epoch_is_another()
    {
        using var source = Tally.NewSource();
        await using var reader = new FeedReader(source, source.Position with { Epoch = source.Position.Epoch + 1 });

        Assert.AreEqual(FeedEventKind.Snapshot, (await reader.NextAsync()).Kind);
    }

    [TestMethod]
    public void Source_begins_a_new_epoch_when_it_is_made()
    {
        using var one = Tally.NewSource();
        using var other = Tally.NewSource();

        Assert.AreNotEqual(one.Position.Epoch, other.Position.Epoch);
    }

    [TestMethod]
    public async Task Source_goes_on_where_it_was_when_its_position_is_restored()
    {
        var start = new FeedPosition(5, 41);
        using var source = Tally.NewSource(new FeedOptions { Start = start });
        await using var reader = new FeedReader(source, start, Tally.Empty);

        Assert.AreEqual(FeedEventKind.Resumed, (await reader.NextAsync()).Kind);
        Assert.AreEqual(new FeedPosition(5, 42), source.Publish(new Step()));
    }

    [TestMethod]
    public async Task Source_sends_everything_and_ends_when_it_is_completed()
    {
        using var source = Tally.NewSource();
        await using var reader = new FeedReader(source);
        await reader.NextAsync();

        source.Publish(new Step { Number = 1 });
        source.Complete();

        await reader.NextAsync();
        await reader.EndAsync();
        Assert.ThrowsExactly<InvalidOperationException>(() => source.Publish(new Step()));
    }

    [TestMethod]
    public async Task Source_gives_its_last_state_and_ends_when_subscribed_after_its_completion()
    {
        using var source = Tally.NewSource();
        source.Complete();
        await using var reader = new FeedReader(source);

        await reader.NextAsync();
        await reader.EndAsync();
    }

    [TestMethod]
    public async Task Source_fails_its_subscribers_when_it_is_completed_with_an_error()
    {
        using var source = Tally.NewSource();
        await using var reader = new FeedReader(source);
        await reader.NextAsync();

        source.Complete(new LoopException("room_gone", "The room was deleted."));

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);
        Assert.AreEqual("room_gone", error.Code);
    }

    [TestMethod]
    public void Source_is_as_before_when_a_change_cannot_be_applied()
    {
        using var source = new FeedSource<int, int>(10, static (sum, change) => change > 0 ? sum + change : throw new ArgumentException("Only more."));
        var position = source.Position;

        Assert.ThrowsExactly<ArgumentException>(() => source.Publish(-1));

        Assert.AreEqual(position, source.Position);
        Assert.AreEqual(10, source.Snapshot);
        source.Publish(1);
        Assert.AreEqual(11, source.Snapshot);
    }

    [TestMethod]
    public void Source_refuses_a_change_when_it_is_made_while_another_is_applied()
    {
        FeedSource<int, int>? source = null;
        source = new FeedSource<int, int>(0, (sum, change) =>
        {
            source!.Publish(1);
            return sum + change;
        });

        Assert.ThrowsExactly<InvalidOperationException>(() => source.Publish(1));
        Assert.AreEqual(0, source.Position.Offset);
        source.Dispose();
    }

    [TestMethod]
    public void Source_leaves_nothing_in_between_when_changes_depend_on_the_state()
    {
        using var source = new FeedSource<int, int>(0, static (_, change) => change);

        Parallel.For(0, 1000, _ => source.Publish(static state => state + 1));

        Assert.AreEqual(1000, source.Snapshot);
    }

    [TestMethod]
    public async Task Source_ends_a_subscription_alone_when_the_snapshot_cannot_be_taken()
    {
        using var source = new FeedSource<Tally, Step>(static () => throw new InvalidOperationException("Not now."), static _ => { });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);

        Assert.AreEqual(ErrorCodes.Internal, error.Code);
        Assert.IsNull(link.ClientEnd.Session.Closed);
    }

    [TestMethod]
    public void Options_are_refused_when_a_bound_is_negative()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(static () => new FeedOptions { HistoryCount = -1 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(static () => new FeedOptions { HistoryBytes = -1 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(static () => new FeedOptions { Start = new FeedPosition(1, -1) });
    }
}
