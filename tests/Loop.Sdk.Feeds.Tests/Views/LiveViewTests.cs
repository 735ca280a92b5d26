using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Views;

[TestClass]
public sealed class LiveViewTests
{
    [TestMethod]
    public async Task View_shows_the_state_when_changes_are_made()
    {
        using var source = Tally.NewSource();
        source.Publish(new Step { Number = 1 });
        await using var view = source.ToLiveView(Tally.Apply);

        await view.WhenReadyAsync();
        Assert.IsTrue(view.IsLive);
        Assert.IsFalse(view.Recovered);
        for (var number = 2; number <= 1000; number++)
        {
            source.Publish(new Step { Number = number });
        }

        await Until.TrueAsync(() => view.Position == source.Position);
        Assert.AreEqual(source.Snapshot, view.Value);
    }

    [TestMethod]
    public async Task View_shows_a_state_of_its_own_when_it_is_made_from_the_feed_s()
    {
        using var source = Tally.NewSource();
        await using var view = source.ToLiveView(static tally => tally.Count, static (count, _) => count + 1);

        source.Publish(new Step());
        source.Publish(new Step());

        await Until.TrueAsync(() => view.Value == 2);
    }

    [TestMethod]
    public async Task View_changes_only_where_it_was_made_when_there_is_a_context()
    {
        using var source = Tally.NewSource();
        var context = new QueueContext();
        var view = context.Make(() => source.ToLiveView(Tally.Apply));
        var outside = 0;
        view.PropertyChanged += (_, _) => outside += QueueContext.IsInside ? 0 : 1;

        context.RunUntil(() => view.IsLive);
        source.Publish(new Step { Number = 1 });
        Assert.AreEqual(0, view.Value!.Count, "The loop has not turned yet.");
        context.RunUntil(() => view.Position == source.Position);

        Assert.AreEqual(source.Snapshot, view.Value);
        Assert.AreEqual(0, outside);
        await view.DisposeAsync();
    }

    [TestMethod]
    public async Task View_changes_where_it_is_told_when_a_post_is_given()
    {
        using var source = Tally.NewSource();
        var context = new QueueContext();
        await using var view = source.ToLiveView(
            Tally.Apply, new LiveViewOptions { Post = action => context.Post(static state => ((Action)state!)(), action) });

        context.RunUntil(() => view.IsLive);

        Assert.AreEqual(source.Snapshot, view.Value);
    }

    [TestMethod]
    public async Task View_tells_of_the_value_once_when_many_changes_are_at_hand()
    {
        using var source = Tally.NewSource();
        var context = new QueueContext();
        var view = context.Make(() => source.ToLiveView(Tally.Apply));
        var told = 0;
        view.PropertyChanged += (_, change) => told += change.PropertyName == nameof(view.Value) ? 1 : 0;
        context.RunUntil(() => view.IsLive);

        for (var number = 1; number <= 200; number++)
        {
            source.Publish(new Step { Number = number });
        }

        context.RunUntil(() => view.Position == source.Position);
        Assert.IsLessThanOrEqualTo(5, told);
        await view.DisposeAsync();
    }

    [TestMethod]
    public async Task View_does_not_change_any_more_when_it_is_disposed_of()
    {
        using var source = Tally.NewSource();
        var context = new QueueContext();
        var view = context.Make(() => source.ToLiveView(Tally.Apply));
        context.RunUntil(() => view.IsLive);
        source.Publish(new Step { Number = 1 });
        var told = 0;
        view.PropertyChanged += (_, _) => told++;

        await view.DisposeAsync();
        var turned = false;
        context.Post(_ => turned = true, null);
        context.RunUntil(() => turned);

        Assert.AreEqual(0, told);
        Assert.AreEqual(0, source.SubscriberCount);
        await view.DisposeAsync();
    }

    [TestMethod]
    public async Task View_is_not_live_while_its_session_is_lost_and_says_whether_it_recovered()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 1 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var view = link.Client.Tally().ToLiveView(Tally.Apply);
        await view.WhenReadyAsync();

        await link.LoseSessionAsync();
        await Until.TrueAsync(() => !view.IsLive);
        source.Publish(new Step { Number = 1 });
        link.NewSession();
        await Until.TrueAsync(() => view.Position == source.Position && view.IsLive);
        Assert.IsTrue(view.Recovered);

        await link.LoseSessionAsync();
        await Until.TrueAsync(() => !view.IsLive);
        source.Publish(new Step { Number = 2 });
        source.Publish(new Step { Number = 3 });
        link.NewSession();
        await Until.TrueAsync(() => view.Position == source.Position && view.IsLive);
        Assert.IsFalse(view.Recovered);
        Assert.AreEqual(source.Snapshot, view.Value);
    }

    [TestMethod]
    public async Task View_says_why_when_its_feed_fails()
    {
        using var source = Tally.NewSource();
        await using var view = source.ToLiveView(Tally.Apply);
        await view.WhenReadyAsync();

        source.Complete(new LoopException("room_gone", "The room was deleted."));

        await Until.TrueAsync(() => view.Error is not null);
        Assert.AreEqual("room_gone", ((LoopException)view.Error!).Code);
        Assert.IsFalse(view.IsLive);
    }

    [TestMethod]
    public async Task View_is_never_ready_when_its_feed_is_refused()
    {
        await using var link = new TestLink(new TestService { TallyFeed = static () => throw new LoopException(ErrorCodes.PermissionDenied, "Not for you.") });
        await using var view = link.Client.Tally().ToLiveView(Tally.Apply);

        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => view.WhenReadyAsync());

        Assert.AreEqual(ErrorCodes.PermissionDenied, error.Code);
    }

    [TestMethod]
    public async Task View_says_why_when_its_reducer_fails()
    {
        using var source = Tally.NewSource();
        await using var view = source.ToLiveView(static (_, _) => throw new NotSupportedException("No changes, please."));
        await view.WhenReadyAsync();

        source.Publish(new Step());

        await Until.TrueAsync(() => view.Error is NotSupportedException);
        Assert.AreEqual(0, source.SubscriberCount);
    }
}
