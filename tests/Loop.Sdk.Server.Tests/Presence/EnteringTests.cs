using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class EnteringTests
{
    [TestMethod]
    public async Task Watcher_is_told_of_everything_once_and_in_order()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        var member = await ada.EnterAsync(data: """{"cursor":1}""");
        await ada.UpdateAsync("""{"cursor":2}""");
        await ada.UpdateAsync("""{"cursor":2}""");
        await ada.UpdateAsync(null);
        await ada.LeaveAsync();
        await seen.UntilAsync(static state => state.Told.EndsWith("out ada |", StringComparison.Ordinal));
        Assert.AreEqual("* +ada in ada | ~ada | ~ada | -ada Left out ada |", seen.State.Told);
        Assert.AreEqual(("ada", 16, world.Clock.GetUtcNow()), (member.User, member.Id.Length, member.EnteredAt));
        Assert.AreEqual(1, seen.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task Users_come_with_their_first_session_and_go_with_their_last()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (phone, laptop) = (world.User("ada"), world.User("ada"));
        await using var seen = world.User("bob").Watch();
        await seen.ReadyAsync();
        await phone.EnterAsync();
        await laptop.EnterAsync();
        await phone.LeaveAsync();
        await laptop.LeaveAsync();
        await seen.UntilAsync(static state => state.Told.EndsWith("out ada |", StringComparison.Ordinal));
        Assert.AreEqual("* +ada in ada | +ada | -ada Left | -ada Left out ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Snapshot_has_who_is_there_with_data_byte_for_byte()
    {
        await using var world = await PresenceWorld.StartAsync();
        const string Data = """{ "name":"Ада ✓", "at":[1, 2] }""";
        var member = await world.User("ada").EnterAsync(data: Data);
        var shown = await world.User("bob").GetAsync();
        Assert.AreEqual((Data, member.Id), (shown.Members.Single().Data!.Value.GetRawText(), shown.Members.Single().Id));
        Assert.AreEqual((new PresenceCounts(1, 1), false), (shown.Counts, shown.IsPartial));
        Assert.AreEqual(new PresenceCounts(0, 0), (await world.User("bob").GetAsync("doc:2")).Counts);
    }

    [TestMethod]
    public async Task Session_enters_a_scope_once_and_changes_only_what_it_is()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        Assert.AreEqual("not_present", await ada.UpdateAsync("{}").CodeAsync());
        Assert.AreEqual("not_present", await ada.LeaveAsync().CodeAsync());
        await ada.EnterAsync();
        Assert.AreEqual("already_present", await ada.EnterAsync().CodeAsync());
        Assert.AreEqual("not_present", await bob.UpdateAsync("{}").CodeAsync());
        Assert.AreEqual("not_present", await bob.LeaveAsync().CodeAsync());
        Assert.AreEqual(1, (await bob.GetAsync()).Counts.Members);
        await ada.LeaveAsync();
        await ada.EnterAsync();
    }

    [TestMethod]
    [DataRow("doc", "invalid_scope")]
    [DataRow("", "invalid_scope")]
    [DataRow(":1", "invalid_scope")]
    [DataRow("doc:", "invalid_scope")]
    [DataRow("Doc:1", "invalid_scope")]
    [DataRow("doc:a b", "invalid_scope")]
    [DataRow("doc:ä", "invalid_scope")]
    [DataRow("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1", "invalid_scope")]
    [DataRow("cat:1", "scope_refused")]
    [DataRow("room:AAAAAAAAAAA", "scope_refused")]
    public async Task Scope_that_is_malformed_or_that_nobody_allows_is_refused(string scope, string code)
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        Assert.AreEqual(code, await ada.EnterAsync(scope).CodeAsync());
        Assert.AreEqual(code, await ada.GetAsync(scope).CodeAsync());
        Assert.AreEqual(code, await ada.Watch(scope).CodeAsync());
        Assert.AreEqual(code, await ada.KickAsync("x", scope: scope).CodeAsync());
        Assert.AreEqual(code == "invalid_scope" ? code : "not_present", await ada.UpdateAsync("{}", scope).CodeAsync());
        Assert.AreEqual(code == "invalid_scope" ? code : "not_present", await ada.LeaveAsync(scope).CodeAsync());
        Assert.IsEmpty(world.Core.Scopes.All);
    }

    [TestMethod]
    public async Task Name_of_128_characters_is_the_longest()
    {
        await using var world = await PresenceWorld.StartAsync();
        await world.User("ada").EnterAsync("doc:" + new string('a', 128));
        Assert.AreEqual("invalid_scope", await world.User("ada").EnterAsync("doc:" + new string('a', 129)).CodeAsync());
    }

    [TestMethod]
    public async Task Anonymous_sessions_and_those_that_a_topic_does_not_allow_are_refused()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.AllowTopics("team", static (session, name) => session.PrincipalId == name));
        Assert.AreEqual("scope_refused", await world.User(null).EnterAsync().CodeAsync());
        Assert.AreEqual("scope_refused", await world.User("bob").EnterAsync("team:ada").CodeAsync());
        Assert.AreEqual("scope_refused", await world.User("bob").Watch("team:ada").CodeAsync());
        await world.User("ada").EnterAsync("team:ada");
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("1")]
    [DataRow("\"text\"")]
    public async Task Data_that_is_no_object_is_refused(string data)
    {
        await using var world = await PresenceWorld.StartAsync();
        Assert.AreEqual("invalid_request", await world.User("ada").EnterAsync(data: data).CodeAsync());
    }

    [TestMethod]
    public async Task Data_over_the_limit_is_refused_and_changes_nothing()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        var most = $$"""{"a":"{{new string('x', 1024 - 8)}}"}""";
        var tooMuch = $$"""{"a":"{{new string('x', 1024 - 7)}}"}""";
        Assert.AreEqual("data_too_large", await ada.EnterAsync(data: tooMuch).CodeAsync());
        await ada.EnterAsync(data: most);
        Assert.AreEqual("data_too_large", await ada.UpdateAsync(tooMuch).CodeAsync());
        Assert.AreEqual(most, (await ada.GetAsync()).Members.Single().Data!.Value.GetRawText());
    }

    [TestMethod]
    public async Task Data_nested_deeper_than_watchers_could_read_is_refused()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        Assert.AreEqual("invalid_request", await ada.EnterAsync(data: Nested(17)).CodeAsync());
        await ada.EnterAsync(data: Nested(16));
        await using var seen = ada.Watch();
        await seen.UntilAsync(static state => state.Members.Count == 1);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("short")]
    [DataRow("white space in it")]
    public async Task Instance_that_is_malformed_is_refused(string? instance)
    {
        await using var world = await PresenceWorld.StartAsync();
        var entry = new EnterScope { Scope = PresenceWorld.Doc, Instance = instance! };
        var code = await world.User("ada").Presence.EnterAsync(entry).CodeAsync();
        Assert.AreEqual(instance is null ? "invalid_payload" : "invalid_request", code);
    }

    [TestMethod]
    public async Task Session_may_be_in_so_many_scopes_and_watch_so_many()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.MaxScopesPerSession = 3);
        var ada = world.User("ada");
        for (var scope = 0; scope < 3; scope++)
        {
            await ada.EnterAsync($"doc:{scope}");
        }

        Assert.AreEqual("too_many_scopes", await ada.EnterAsync("doc:3").CodeAsync());
        await ada.LeaveAsync("doc:0");
        await ada.EnterAsync("doc:3");
        var feeds = Enumerable.Range(0, 3).Select(scope => ada.Watch($"doc:{scope}")).ToList();
        foreach (var feed in feeds)
        {
            await feed.ReadyAsync();
        }

        Assert.AreEqual("too_many_scopes", await ada.Watch("doc:3").CodeAsync());
        foreach (var feed in feeds)
        {
            await feed.DisposeAsync();
        }

        await Until.SoAsync(() => world.Core.Scopes.Find("doc:0") is null);
        await using var more = ada.Watch("doc:3");
        await more.ReadyAsync();
    }

    [TestMethod]
    public async Task Thousands_of_scopes_from_one_session_leave_nothing_behind()
    {
        await using var world = await PresenceWorld.StartAsync(server: static options => options.RateLimits.SessionCalls = null);
        var ada = world.User("ada");
        for (var scope = 0; scope < 3000; scope++)
        {
            if (scope < 100)
            {
                await ada.EnterAsync($"doc:{scope}");
            }
            else
            {
                Assert.AreEqual("too_many_scopes", await ada.EnterAsync($"doc:{scope}").CodeAsync());
            }

            await ada.GetAsync($"doc:{scope}");
        }

        Assert.HasCount(100, world.Core.Scopes.All);
        await ada.Client.DisposeAsync();
        await Until.SoAsync(() => world.Core.Scopes.All.Count == 0 && world.Core.Sessions.Count == 0);
    }

    [TestMethod]
    public async Task Scope_takes_so_many_members()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.MaxMembers = 2);
        await world.User("ada").EnterAsync();
        var bob = world.User("bob");
        await bob.EnterAsync();
        var cyd = world.User("cyd");
        Assert.AreEqual("scope_full", await cyd.EnterAsync().CodeAsync());
        await bob.LeaveAsync();
        await cyd.EnterAsync();
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"a":""", depth - 1)) + "{}" + new string('}', depth - 1);
}
