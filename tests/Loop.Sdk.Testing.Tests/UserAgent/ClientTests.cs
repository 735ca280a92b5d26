using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.UserAgent.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Testing.Tests.UserAgent;

[TestClass]
public sealed class ClientTests
{
    [TestMethod]
    public async Task Everything_that_is_written_can_be_read_again()
    {
        await using var world = await AgentWorld.StartAsync();
        var agent = await world.AgentAsync();
        Assert.AreEqual(2, await agent.StartSessionAsync(scope: 7, ancestor: 1, reason: "newTab"));
        await agent.VisitAsync("https://a.example/", 2, "A", world.Clock.GetUtcNow().AddMinutes(-1));
        await agent.VisitAsync("https://b.example/", 2);
        await agent.SavePageAsync("https://a.example/", 2, new PageCapture { Text = "Some <captured> text", Excerpt = "Some" });
        await agent.StarAsync("https://b.example/", 2, "B");
        await agent.EndSessionAsync(2, "tabClosed");
        Assert.AreEqual("Some &lt;<b>captured</b>&gt; text", (await agent.SearchAsync("captured")).Single().Snippet);
        Assert.IsEmpty(await agent.SearchAsync("captured", since: world.Clock.GetUtcNow().AddMinutes(1)));
        var visits = new List<VisitedPlace>();
        await foreach (var place in agent.VisitsAsync(pageSize: 1))
        {
            visits.Add(place);
        }

        Assert.AreEqual("https://b.example/:B: https://a.example/:A:Some", string.Join(' ', visits.Select(static place => $"{place.Url}:{place.Title}:{place.Excerpt}")));
        Assert.AreEqual("https://b.example/ https://a.example/", string.Join(' ', (await agent.GetTopSitesAsync()).Select(static site => site.Url)));
        Assert.AreEqual(new ForgottenHistory(1, 1), await agent.ForgetAsync(new ForgetHistory { Url = "https://a.example/" }));
        await agent.UnstarAsync("https://b.example/", 1);
        await Check.FailsAsync(ErrorCodes.SessionEnded, agent.VisitAsync("https://a.example/", 2));
        await Check.FailsAsync(ErrorCodes.InvalidUrl, agent.StarAsync("javascript:alert(1)", 1));
    }

    [TestMethod]
    public async Task The_client_is_one_for_each_channel()
    {
        await using var world = await AgentWorld.StartAsync();
        var window = world.Window();
        var first = window.Client.UserAgent;
        Assert.AreSame(first, window.Client.UserAgent);
    }

    [TestMethod]
    public async Task Lists_are_in_order_and_follow_when_another_window_writes()
    {
        await using var world = await AgentWorld.StartAsync();
        var (one, other) = (await world.AgentAsync(), await world.AgentAsync());
        await using var stars = new Shown<string, StarredPage>(world, other.ShowStars);
        await using var history = new Shown<string, VisitedPlace>(world, other.ShowHistory);
        await using var sessions = new Shown<long, AgentSession>(world, other.ShowSessions);
        await using var top = new Shown<string, TopSite>(world, other.ShowTopSites);
        foreach (var name in new[] { "a", "b", "c" })
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await one.StarAsync($"https://{name}.example/", 1);
            await one.VisitAsync($"https://{name}.example/", 1);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await one.VisitAsync("https://a.example/", 1);
        await one.EndSessionAsync(1);
        await stars.UntilAsync(static items => string.Concat(items.Select(static star => star.Url[8])) == "cba");
        await history.UntilAsync(static items => string.Concat(items.Select(static place => place.Url[8])) == "acb");
        await top.UntilAsync(static items => string.Concat(items.Select(static site => site.Url[8])) == "acb");
        await sessions.UntilAsync(static items => items.Count == 1 && items[0].Id == 2);
        await one.UnstarAsync("https://c.example/", 2);
        await stars.UntilAsync(static items => items.Count == 2);
    }

    [TestMethod]
    public async Task Writes_wait_for_a_connection_when_there_is_none()
    {
        await using var world = await AgentWorld.StartAsync();
        var window = world.Window();
        await window.Client.UserAgent.StartSessionAsync();
        window.Link.IsRefusing = true;
        window.Link.Cut();
        var star = window.Client.UserAgent.StarAsync("https://a.example/", 1);
        Assert.IsFalse(star.IsCompleted);
        window.Link.IsRefusing = false;
        await world.SoonAsync(star);
        Assert.HasCount(1, await world.Storage.ListStarredAsync("ada", 10, CancellationToken.None));
    }

    [TestMethod]
    public async Task Each_write_happens_once_when_the_link_breaks_at_any_byte_of_it()
    {
        await using var world = await AgentWorld.StartAsync();
        var window = world.Window();
        var agent = window.Client.UserAgent;
        await agent.StartSessionAsync();
        for (var position = 0; position < 200; position++)
        {
            window.Link.CutAfter(position % 2 == 0 ? LinkDirection.ToServer : LinkDirection.ToClient, position);
            Assert.AreEqual(position + 2, await agent.StartSessionAsync());
        }
    }

    [TestMethod]
    public async Task Each_write_happens_once_when_the_server_is_restarted_in_the_middle_of_it()
    {
        await using var world = await AgentWorld.StartAsync();
        var agent = await world.AgentAsync();
        for (var round = 0; round < 25; round++)
        {
            var starts = Enumerable.Range(0, 4).Select(_ => agent.StartSessionAsync()).ToList();
            await world.Host.RestartAsync();
            var ids = await Task.WhenAll(starts);
            CollectionAssert.AreEquivalent(Enumerable.Range(2 + (round * 4), 4).Select(static id => (long)id).ToList(), ids);
        }
    }
}
