using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.UserAgent.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent;

[TestClass]
public sealed class UserAgentServiceTests
{
    [TestMethod]
    public async Task Accounts_see_nothing_of_each_other_when_they_use_the_same_numbers_and_addresses()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var (ada, bob) = (world.Agent(), world.Agent("bob"));
        Assert.AreEqual((1, 1), (await ada.StartAsync(), await bob.StartAsync()));
        await ada.VisitAsync("https://a.example/", title: "Ada's");
        await ada.SaveAsync("https://a.example/", "secret of ada");
        await ada.StarAsync("https://a.example/");
        Assert.IsEmpty(await bob.FindAsync("secret"));
        Assert.IsEmpty((await bob.ListVisitsAsync(new VisitsQuery())).Items);
        Assert.IsEmpty((await bob.GetTopSitesAsync(new TopSitesQuery())).Items);
        Assert.AreEqual(new ForgottenHistory(0, 0), await bob.ForgetAsync(new ForgetHistory { All = true, Stars = true }));
        Assert.HasCount(1, await ada.FindAsync("secret"));
        await using var stars = FeedProbe.Of(bob.Stars(), static star => star.Url);
        await stars.ReadyAsync();
        Assert.IsEmpty(stars.State);
    }

    [TestMethod]
    public async Task Nobody_without_an_account_gets_anything()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var nobody = world.Agent(account: null);
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.StartAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.FindAsync("a").CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.ForgetAsync(new ForgetHistory { All = true }).CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.Stars().SubscribeAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.FollowTopSites().SubscribeAsync().CodeAsync());
    }

    [TestMethod]
    public async Task A_write_is_done_once_when_it_is_repeated_after_a_restart()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        var session = await agent.StartAsync(key: "k1");
        await agent.VisitAsync("https://a.example/", key: "k2");
        await world.Host.RestartAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(session, await agent.StartAsync(key: "k1"));
        await agent.VisitAsync("https://a.example/", key: "k2");
        Assert.AreEqual(1, (await agent.ListVisitsAsync(new VisitsQuery())).Items.Single().Visits);
        Assert.AreEqual(ErrorCodes.KeyConflict, await agent.StarAsync("https://a.example/", key: "k2").CodeAsync());
    }

    [TestMethod]
    public async Task Visits_come_page_by_page_when_there_are_many()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        for (var index = 0; index < 5; index++)
        {
            await agent.VisitAsync($"https://{index}.example/", at: world.Clock.GetUtcNow().AddMinutes(-10 + index));
        }

        var first = await agent.ListVisitsAsync(new VisitsQuery { Limit = 3 });
        var second = await agent.ListVisitsAsync(new VisitsQuery { Limit = 3, Before = first.Next });
        Assert.AreEqual("4 3 2 1 0", string.Join(' ', first.Items.Concat(second.Items).Select(static place => place.Url["https://".Length..^".example/".Length])));
        Assert.IsNull(second.Next);
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.ListVisitsAsync(new VisitsQuery { Before = "x" }).CodeAsync());
    }

    [TestMethod]
    public async Task Forgotten_text_is_not_found_and_feeds_show_it_when_history_is_deleted()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.VisitAsync("https://a.example/", title: "A");
        await agent.SaveAsync("https://a.example/", "captured words");
        await agent.StarAsync("https://a.example/");
        await using var history = FeedProbe.Of(agent.History(), static place => place.Url);
        await using var stars = FeedProbe.Of(agent.Stars(), static star => star.Url);
        await using var top = FeedProbe.Of(agent.FollowTopSites(), static site => site.Url);
        await Task.WhenAll(history.ReadyAsync(), stars.ReadyAsync(), top.ReadyAsync());
        Assert.AreEqual(new ForgottenHistory(1, 1), await agent.ForgetAsync(new ForgetHistory { Url = "https://a.example/" }));
        await history.UntilAsync(static places => places.Count == 0);
        await top.UntilAsync(static sites => sites.Count == 0);
        Assert.IsEmpty(await agent.FindAsync("captured"));
        Assert.AreEqual("A", stars.State["https://a.example/"].Title);
        await agent.ForgetAsync(new ForgetHistory { All = true, Stars = true });
        await stars.UntilAsync(static places => places.Count == 0);
        Assert.DoesNotContain("a.example", string.Join('\n', world.Logs.Entries), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Keys_are_removed_when_they_are_too_old()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => options.KeyLifetime = TimeSpan.FromDays(1));
        var agent = world.Agent();
        await agent.StartAsync(key: "k1");
        world.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(20));
        await Until.TrueAsync(async () => (await world.Storage.StartSessionAsync("ada", new() { Key = "k1", StartedAt = 1 }, CancellationToken.None)).Session == 2);
    }
}
