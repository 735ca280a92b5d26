using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class DiffTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    [TestMethod]
    public async Task Changes_in_one_moment_come_to_the_least_that_has_to_be_said()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.ManyWatchers = 0);
        var (ada, bob, cyd, dan) = (world.User("ada"), world.User("bob"), world.User("cyd"), world.User("dan"));
        await using var seen = world.User("eve").Watch();
        await seen.ReadyAsync();
        await dan.EnterAsync();
        await seen.UntilAsync(static state => state.Members.Count == 1);

        await ada.EnterAsync(data: """{"a":1}""");
        await ada.UpdateAsync("""{"a":2}""");
        await bob.EnterAsync();
        await bob.LeaveAsync();
        await cyd.EnterAsync();
        await dan.UpdateAsync("""{"d":1}""");
        await dan.UpdateAsync(null);
        Assert.AreEqual(2, (await bob.GetAsync()).Counts.Members - 1, "Who asks gets what is, told or not.");
        Assert.AreEqual("* +dan in dan |", seen.State.Told);
        world.Clock.Advance(Interval);
        await seen.UntilAsync(static state => state.Members.Count == 3);
        Assert.AreEqual("* +dan in dan | +ada +cyd in ada in cyd |", seen.State.Told);
        Assert.AreEqual("""{"a":2}""", seen.State.Members.Values.Single(static member => member.User == "ada").Data!.Value.GetRawText());
    }

    [TestMethod]
    public async Task First_change_after_a_pause_is_told_at_once()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.ManyWatchers = 1);
        var ada = world.User("ada");
        await using var seen = world.User("eve").Watch();
        await seen.ReadyAsync();
        for (var round = 1; round <= 3; round++)
        {
            await ada.EnterAsync();
            await seen.UntilAsync(static state => state.Members.Count == 1);
            world.Clock.Advance(Interval);
            await ada.LeaveAsync();
            await seen.UntilAsync(static state => state.Members.Count == 0);
            world.Clock.Advance(Interval);
        }
    }

    [TestMethod]
    public async Task Member_that_is_lost_and_back_within_one_moment_is_not_news_but_for_its_entry()
    {
        await using var world = await PresenceWorld.StartAsync(static options => (options.ManyWatchers, options.DiffInterval) = (0, TimeSpan.FromMinutes(1)));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var seen = world.User("eve").Watch();
        await seen.ReadyAsync();
        await ada.EnterAsync();
        await seen.UntilAsync(static state => state.Members.Count == 1);
        await ada.BreakAsync();
        world.Clock.Advance(PresenceWorld.Grace);
        await Until.SoAsync(() => world.Service.Get(PresenceWorld.Doc).Counts.Members == 0);
        await ada.ReturnAsync();
        await Until.SoAsync(() => world.Service.Get(PresenceWorld.Doc).Counts.Members == 1);
        await bob.EnterAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await seen.UntilAsync(static state => state.Members.Count == 2);
        Assert.AreEqual("* +ada in ada | +bob ~ada in bob |", seen.State.Told);
    }

    [TestMethod]
    public async Task Large_scope_is_shown_in_part_until_it_is_well_smaller()
    {
        await using var world = await PresenceWorld.StartAsync(static options => (options.MaxListed, options.Sample, options.PartialInterval) = (8, 3, TimeSpan.Zero));
        var users = Enumerable.Range(0, 12).Select(number => world.User($"u{number}")).ToList();
        await using var seen = world.User("eve").Watch();
        await using var local = ScopeState.Probe(world.Service.Watch(PresenceWorld.Doc));
        await Task.WhenAll(seen.ReadyAsync(), local.ReadyAsync());
        foreach (var user in users.Take(8))
        {
            await user.EnterAsync();
        }

        await seen.UntilAsync(static state => state.Members.Count == 8 && !state.IsPartial);
        await users[8].EnterAsync();
        await seen.UntilAsync(static state => state.IsPartial);
        Assert.AreEqual((3, 9, 2), (seen.State.Members.Count, seen.State.Counts.Members, seen.Count(FeedEventKind.Snapshot)));
        await users[9].EnterAsync();
        await users[9].UpdateAsync("{}");
        await seen.UntilAsync(static state => state.Counts == new PresenceCounts(10, 10));
        var shown = await users[0].GetAsync();
        Assert.AreEqual((true, 3, 10), (shown.IsPartial, shown.Members.Count, shown.Counts.Members));

        // Seven are still too many to be sure that it stays so; six are not.
        foreach (var user in users.Skip(7).Take(3))
        {
            await user.LeaveAsync();
        }

        await seen.UntilAsync(static state => state.Counts.Members == 7);
        Assert.IsTrue(seen.State.IsPartial);
        await users[0].LeaveAsync();
        await seen.UntilAsync(static state => !state.IsPartial && state.Members.Count == 6);
        Assert.AreEqual(3, seen.Count(FeedEventKind.Snapshot));
        await users[0].EnterAsync();
        await Task.WhenAll(seen.UntilAsync(static state => state.Members.Count == 7), local.UntilAsync(static state => state.Members.Count == 7));
        Assert.AreEqual(3, seen.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task Counts_of_a_scope_that_is_shown_in_part_are_gathered()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.MaxListed = 1);
        await using var seen = world.User("eve").Watch();
        await seen.ReadyAsync();
        await world.User("u0").EnterAsync();
        await seen.UntilAsync(static state => state.Members.Count == 1);
        for (var number = 1; number < 10; number++)
        {
            await world.User($"u{number}").EnterAsync();
        }

        await seen.UntilAsync(static state => state.IsPartial);
        Assert.AreEqual(2, seen.State.Counts.Members);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await seen.UntilAsync(static state => state.Counts.Members == 10);
        Assert.AreEqual(2, seen.Count(FeedEventKind.Change), "The first entry, and the counts.");
    }

    [TestMethod]
    public async Task Watcher_whose_link_is_dead_costs_no_queue_and_converges()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.HistoryCount = 16, server: static options => options.RateLimits.SessionCalls = null);
        var (ada, bob, eve) = (world.User("ada"), world.User("bob"), world.User("eve"));
        await using var slow = eve.Watch();
        await using var quick = bob.Watch();
        await Task.WhenAll(slow.ReadyAsync(), quick.ReadyAsync());
        await ada.EnterAsync();
        await slow.UntilAsync(static state => state.Members.Count == 1);
        eve.Link.IsFrozen = true;
        const int Updates = 3000;
        for (var number = 1; number <= Updates; number++)
        {
            await ada.UpdateAsync($$"""{"n":{{number}},"pad":"{{new string('x', 900)}}"}""");
        }

        await quick.UntilAsync(static state => Number(state) == Updates);
        eve.Link.Cut();
        eve.Link.IsFrozen = false;
        await slow.UntilAsync(static state => Number(state) == Updates);
        Assert.IsLessThan(Updates / 2, slow.Count(FeedEventKind.Change));
        Assert.IsGreaterThan(1, slow.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task Diff_as_long_as_the_list_is_a_snapshot()
    {
        await using var world = await PresenceWorld.StartAsync(static options => (options.ManyWatchers, options.MaxListed) = (0, 4));
        await using var seen = world.User("eve").Watch();
        await seen.ReadyAsync();
        var users = Enumerable.Range(0, 8).Select(number => world.User($"u{number}")).ToList();
        await users[0].EnterAsync();
        await seen.UntilAsync(static state => state.Members.Count == 1);
        for (var number = 1; number < 8; number++)
        {
            await users[number].EnterAsync();
            await users[number - 1].LeaveAsync();
        }

        world.Clock.Advance(Interval);
        await seen.UntilAsync(static state => state.Members.Values.Single().User == "u7");
        Assert.AreEqual((2, false), (seen.Count(FeedEventKind.Snapshot), seen.State.IsPartial));
    }

    private static int Number(ScopeState state) =>
        state.Members.Values.Single().Data is { } data && data.TryGetProperty("n", out var number) ? number.GetInt32() : 0;
}
