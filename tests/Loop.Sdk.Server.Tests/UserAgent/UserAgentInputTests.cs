using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.UserAgent.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent;

[TestClass]
public sealed class UserAgentInputTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("a.example")]
    [DataRow("/path")]
    [DataRow("//a.example/")]
    [DataRow("https:")]
    [DataRow("https:///path")]
    [DataRow("http:a.example")]
    [DataRow("http://")]
    [DataRow("https://a b.example/")]
    [DataRow(" https://a.example/")]
    [DataRow("https://a.example/\n")]
    [DataRow("javascript:alert(1)")]
    [DataRow("JavaScript:alert(1)")]
    [DataRow("java\tscript:alert(1)")]
    [DataRow(" javascript:alert(1)")]
    [DataRow("vbscript:x")]
    [DataRow("data:text/html,<script>alert(1)</script>")]
    [DataRow("blob:https://a.example/1")]
    [DataRow("view-source:javascript:alert(1)")]
    [DataRow("1http://a.example/")]
    public async Task A_url_is_refused_when_nobody_can_go_there(string url)
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        Assert.AreEqual(ErrorCodes.InvalidUrl, await Refusal(() => agent.VisitAsync(url)));
        Assert.AreEqual(ErrorCodes.InvalidUrl, await Refusal(() => agent.StarAsync(url)));
        Assert.AreEqual(ErrorCodes.InvalidUrl, await Refusal(() => agent.SaveAsync(url, "text")));
        Assert.AreEqual(ErrorCodes.InvalidUrl, await Refusal(() => agent.ForgetAsync(new ForgetHistory { Url = url })));
        Assert.IsEmpty((await agent.ListVisitsAsync(new VisitsQuery())).Items);
    }

    [TestMethod]
    [DataRow("http://a.example")]
    [DataRow("HTTPS://A.example/?q=<b>#x")]
    [DataRow("https://ü.example/ä")]
    [DataRow("about:blank")]
    [DataRow("file:///etc/hosts")]
    [DataRow("ftp://a.example/x")]
    [DataRow("tofino://history")]
    public async Task A_url_is_taken_as_it_is_when_one_can_go_there(string url)
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.VisitAsync(url);
        Assert.AreEqual(url, (await agent.ListVisitsAsync(new VisitsQuery())).Items.Single().Url);
    }

    [TestMethod]
    public async Task Sessions_of_others_and_ancestors_that_are_not_there_are_refused()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var (ada, bob) = (world.Agent(), world.Agent("bob"));
        await ada.StartAsync();
        Assert.AreEqual(ErrorCodes.SessionNotFound, await bob.VisitAsync("https://a.example/", session: 1).CodeAsync());
        Assert.AreEqual(ErrorCodes.SessionNotFound, await ada.VisitAsync("https://a.example/", session: 2).CodeAsync());
        Assert.AreEqual(ErrorCodes.SessionNotFound, await ada.VisitAsync("https://a.example/", session: -1).CodeAsync());
        Assert.AreEqual(ErrorCodes.SessionNotFound, await ada.EndSessionAsync(new EndAgentSession { Session = 9 }).CodeAsync());

        // A session's own number would be a loop; it is not known before it is given.
        Assert.AreEqual(ErrorCodes.AncestorNotFound, await ada.StartAsync(ancestor: 2).CodeAsync());
        Assert.AreEqual(ErrorCodes.AncestorNotFound, await ada.StartAsync(ancestor: 0).CodeAsync());
        Assert.AreEqual(2, await ada.StartAsync(ancestor: 1, scope: -7));
        await ada.EndSessionAsync(new EndAgentSession { Session = 1 });
        await ada.EndSessionAsync(new EndAgentSession { Session = 1 });
        Assert.AreEqual(ErrorCodes.SessionEnded, await ada.StarAsync("https://a.example/").CodeAsync());
    }

    [TestMethod]
    public async Task Times_are_refused_when_they_are_before_1990_or_ahead()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        var now = world.Clock.GetUtcNow();
        foreach (var at in new[] { DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch.AddTicks(-1), DateTimeOffset.UnixEpoch, now.AddMinutes(6), DateTimeOffset.MaxValue })
        {
            Assert.AreEqual(ErrorCodes.InvalidTime, await agent.VisitAsync("https://a.example/", at: at).CodeAsync());
        }

        await agent.VisitAsync("https://a.example/", at: now.AddMinutes(4));
        await agent.VisitAsync("https://a.example/", at: new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.AreEqual(now.AddMinutes(4), (await agent.ListVisitsAsync(new VisitsQuery())).Items.Single().LastVisitedAt);
    }

    [TestMethod]
    public async Task Content_is_refused_when_it_is_too_large()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => options.MaxText = 2048);
        var agent = world.Agent();
        await agent.StartAsync();
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await agent.SaveAsync("https://a.example/", new string('x', 2049)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await agent.SaveAsync("https://a.example/", new string('ü', 1025)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await agent.VisitAsync("https://a.example/" + new string('x', 8192)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await agent.VisitAsync("https://a.example/", title: new string('x', 4097)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await agent.FindAsync(new string('x', 1025)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.SaveAsync("https://a.example/", " \n").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.StartAsync(key: "").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.StartAsync(key: new string('k', 65)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.StartAsync(key: "k k").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await agent.SearchAsync(new SearchPages { Query = "x", Limit = 101 }).CodeAsync());
        await agent.SaveAsync("https://a.example/", new string('x', 2048));
    }

    [TestMethod]
    [DataRow(null, null, null, false)]
    [DataRow("https://a.example/", null, null, true)]
    [DataRow("https://a.example/", 1, null, false)]
    [DataRow(null, 2, 1, false)]
    [DataRow(null, 1, 1, false)]
    [DataRow(null, 1, null, true)]
    public async Task What_is_to_be_forgotten_is_refused_when_it_is_not_said_exactly(string? url, int? from, int? until, bool all)
    {
        await using var world = await UserAgentWorld.StartAsync();
        var what = new ForgetHistory { Url = url, From = Day(from), Until = Day(until), All = all };
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Agent().ForgetAsync(what).CodeAsync());
    }

    [TestMethod]
    public async Task Html_and_control_characters_do_nothing_when_they_are_in_titles_texts_and_queries()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await agent.StartAsync();
        await agent.SaveAsync("https://a.example/", "before \u0001<script>alert('x')</script>\u0002 & \"after\"", "<b>Title</b>\u0000 \" OR 1=1");
        var found = (await agent.FindAsync("<script>")).Single();
        Assert.AreEqual("before  &lt;<b>script</b>&gt;alert(&#39;x&#39;)&lt;/<b>script</b>&gt;  &amp; &quot;after&quot;", found.Snippet);
        Assert.AreEqual("<b>Title</b>  \" OR 1=1", found.Title);
        foreach (var query in new[] { "\"", "script\" OR \"x", "title:script", "NEAR(script)", "script*", "^script", "-script", "'; --", "*", "(", "\\" })
        {
            _ = await agent.FindAsync(query);
        }
    }

    [TestMethod]
    public async Task More_is_refused_when_there_are_as_many_as_may_be()
    {
        await using var world = await UserAgentWorld.StartAsync(static options => (options.MaxOpenSessions, options.MaxStars) = (1, 1));
        var agent = world.Agent();
        await agent.StartAsync();
        Assert.AreEqual(ErrorCodes.TooManySessions, await agent.StartAsync().CodeAsync());
        await agent.StarAsync("https://a.example/");
        Assert.AreEqual(ErrorCodes.TooManyStars, await agent.StarAsync("https://b.example/").CodeAsync());
        await agent.UnstarAsync("https://a.example/");
        await agent.StarAsync("https://b.example/");
    }

    private static DateTimeOffset? Day(int? day) => day is { } number ? DateTimeOffset.UnixEpoch.AddYears(30).AddDays(number) : null;

    private static Task<string> Refusal(Func<Task> call) => call().CodeAsync();
}
