using Loop.Sdk.Feeds;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.UserAgent.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent;

[TestClass]
public sealed class UserAgentFeedTests
{
    [TestMethod]
    public async Task Stars_are_told_as_they_are_given_and_taken()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var (one, other) = (world.Agent(), world.Agent());
        await one.StartAsync();
        await one.StarAsync("https://a.example/", "A");
        await using var stars = FeedProbe.Of(other.Stars(), static star => star.Url);
        await stars.UntilAsync(static state => state.GetValueOrDefault("https://a.example/")?.Title == "A");
        await one.StarAsync("https://b.example/");
        await one.VisitAsync("https://a.example/", title: "Another");
        await one.UnstarAsync("https://b.example/");
        await stars.UntilAsync(static state => state.Count == 1 && state["https://a.example/"].Title == "Another");
        Assert.AreEqual(1, stars.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task A_feed_goes_on_from_its_position_when_the_server_was_restarted()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.StarAsync("https://a.example/");
        await using var stars = FeedProbe.Of(agent.Stars(), static star => star.Url);
        await using var sessions = SessionsOf(agent);
        await using var history = FeedProbe.Of(agent.History(), static place => place.Url);
        await Task.WhenAll(stars.ReadyAsync(), sessions.ReadyAsync(), history.ReadyAsync());
        await world.Host.RestartAsync();
        await agent.StarAsync("https://b.example/");
        await agent.VisitAsync("https://b.example/");
        await agent.StartAsync();
        await agent.EndSessionAsync(new EndAgentSession { Session = 1 });
        await stars.UntilAsync(static state => state.Count == 2);
        await history.UntilAsync(static state => state.Count == 1);
        await sessions.UntilAsync(static state => state.SetEquals([2]));
        Assert.AreEqual((1, 1, 1), (stars.Count(FeedEventKind.Snapshot), sessions.Count(FeedEventKind.Snapshot), history.Count(FeedEventKind.Snapshot)));
    }

    [TestMethod]
    public async Task History_holds_as_many_as_its_window_when_more_places_are_visited()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => options.HistoryWindow = 3);
        var agent = world.Agent();
        await agent.StartAsync();
        await using var history = FeedProbe.Of(agent.History(), static place => place.Url);
        await history.ReadyAsync();
        for (var index = 0; index < 20; index++)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await agent.VisitAsync($"https://{index % 7}.example/");
        }

        await history.UntilAsync(static state => state.Keys.ToHashSet().SetEquals(["https://5.example/", "https://4.example/", "https://3.example/"]));
    }

    [TestMethod]
    public async Task Long_lists_come_in_pieces_when_they_do_not_fit_into_a_message()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        var title = new string('t', 4000);
        for (var index = 0; index < 200; index++)
        {
            await agent.StarAsync($"https://{index}.example/", title);
        }

        await using var stars = FeedProbe.Of(agent.Stars(), static star => star.Url);
        await stars.UntilAsync(static state => state.Count == 200);
        Assert.AreEqual(1, stars.Count(FeedEventKind.Snapshot));
        Assert.IsGreaterThan(1, stars.Count(FeedEventKind.Change));
    }

    [TestMethod]
    public async Task Who_was_away_for_long_gets_the_state_when_changes_are_too_many()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => options.HistoryWindow = 2);
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.VisitAsync("https://0.example/");
        FeedPosition? position = null;
        await foreach (var @event in agent.History().SubscribeAsync())
        {
            position = @event.Position;
            break;
        }

        await world.UntilNobodyFollowsAsync();
        for (var index = 1; index < 5; index++)
        {
            await agent.VisitAsync($"https://{index}.example/");
        }

        await foreach (var @event in agent.History().SubscribeAsync(position))
        {
            Assert.AreEqual(FeedEventKind.Snapshot, @event.Kind);
            Assert.HasCount(2, @event.Snapshot.Items);
            break;
        }
    }

    [TestMethod]
    public async Task Top_sites_change_their_order_when_a_place_is_visited_more()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => options.TopSitesWindow = 2);
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.VisitAsync("https://a.example/");
        await agent.VisitAsync("https://b.example/");
        await using var top = FeedProbe.Of(agent.FollowTopSites(), static site => site.Url);
        await top.UntilAsync(static state => state.Count == 2);
        foreach (var visit in Enumerable.Range(1, 3))
        {
            await agent.VisitAsync("https://c.example/", at: world.Clock.GetUtcNow().AddSeconds(-visit));
            await agent.VisitAsync("https://a.example/", at: world.Clock.GetUtcNow().AddSeconds(-visit));
        }

        await top.UntilAsync(static state => state.Keys.ToHashSet().SetEquals(["https://a.example/", "https://c.example/"]) && state["https://a.example/"].Visits == 4);
        var sites = (await agent.GetTopSitesAsync(new TopSitesQuery { Limit = 2 })).Items;
        Assert.AreEqual("https://a.example/ https://c.example/", string.Join(' ', sites.Select(static site => site.Url)));
        Assert.AreEqual(sites[0], top.State["https://a.example/"]);
    }

    private static FeedProbe<HashSet<long>> SessionsOf(IUserAgent agent) => FeedProbe.Of(
        agent.Sessions(),
        new HashSet<long>(),
        static (_, snapshot) => [.. snapshot.Items.Select(static session => session.Id)],
        static (state, change) => [.. state.Except(change.Removed ?? []).Concat((change.Put ?? []).Select(static session => session.Id))]);
}
