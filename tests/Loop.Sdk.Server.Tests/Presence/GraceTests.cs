using Loop.Sdk.Feeds;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class GraceTests
{
    private static readonly TimeSpan AlmostGrace = PresenceWorld.Grace - TimeSpan.FromMilliseconds(1);

    [TestMethod]
    public async Task Link_that_flaps_within_the_grace_makes_no_event()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var member = await ada.EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        for (var flap = 0; flap < 20; flap++)
        {
            await ada.BreakAsync();
            world.Clock.Advance(AlmostGrace);
            await ada.ReturnAsync();
            world.Clock.Advance(AlmostGrace);
        }

        await ada.UpdateAsync("""{"after":1}""");
        await seen.UntilAsync(static state => state.Told.EndsWith('|'));
        Assert.AreEqual("* ~ada |", seen.State.Told);
        Assert.AreEqual(member.Id, seen.State.Members.Keys.Single());
    }

    [TestMethod]
    public async Task Killed_client_is_gone_after_the_grace_and_not_before()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await ada.EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await ada.BreakAsync();
        world.Clock.Advance(AlmostGrace);
        Assert.AreEqual(1, (await bob.GetAsync()).Counts.Members);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.AreEqual("* -ada Lost out ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Client_that_says_goodbye_is_gone_at_once()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await ada.EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await ada.Client.DisposeAsync();
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.AreEqual("* -ada Left out ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Without_a_grace_a_broken_connection_is_a_loss_at_once()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.Grace = TimeSpan.Zero);
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await ada.EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await ada.BreakAsync();
        await seen.UntilAsync(static state => state.Told.Contains("Lost", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Session_that_is_resumed_after_the_grace_is_the_same_member_again()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var member = await ada.EnterAsync(data: """{"a":1}""");
        await ada.UpdateAsync("""{"a":2}""");
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await ada.BreakAsync();
        world.Clock.Advance(PresenceWorld.Grace);
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.AreEqual("not_present", await bob.LeaveAsync().CodeAsync());
        await ada.ReturnAsync();
        await seen.UntilAsync(static state => state.Members.Count == 1);
        Assert.AreEqual("* -ada Lost out ada | +ada in ada |", seen.State.Told);
        Assert.AreEqual((member.Id, """{"a":2}"""), (seen.State.Members.Keys.Single(), seen.State.Members.Values.Single().Data!.Value.GetRawText()));
        await ada.UpdateAsync("""{"a":3}""");
        await ada.LeaveAsync();
        await seen.UntilAsync(static state => state.Members.Count == 0);
    }

    [TestMethod]
    public async Task Next_session_of_the_same_instance_takes_the_member_over_without_an_event()
    {
        await using var world = await PresenceWorld.StartAsync();
        var instance = Guid.NewGuid().ToString();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var member = await ada.EnterAsync(data: """{"a":1}""", instance: instance);
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await ada.BreakAsync();
        var old = world.SessionOf("ada");
        world.Lose("ada");
        world.Clock.Advance(AlmostGrace);
        var next = world.User("ada");
        var again = await next.EnterAsync(data: """{"a":1}""", instance: instance);
        Assert.AreEqual((member.Id, member.EnteredAt), (again.Id, again.EnteredAt));
        world.Clock.Advance(PresenceWorld.Grace);
        await next.UpdateAsync("""{"a":2}""");
        await seen.UntilAsync(static state => state.Told.EndsWith('|'));
        Assert.AreEqual("* ~ada |", seen.State.Told);
        Assert.AreNotSame(old, world.SessionOf("ada"));
        await Until.SoAsync(() => world.Core.Sessions.Count == 2);
    }

    [TestMethod]
    public async Task Takeover_with_other_data_is_an_update()
    {
        await using var world = await PresenceWorld.StartAsync();
        var instance = Guid.NewGuid().ToString();
        await world.User("ada").EnterAsync(instance: instance);
        await using var seen = world.User("bob").Watch();
        await seen.ReadyAsync();
        await world.User("ada").EnterAsync(data: "{}", instance: instance);
        await seen.UntilAsync(static state => state.Told.EndsWith('|'));
        Assert.AreEqual("* ~ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Instance_of_another_user_takes_nothing_over()
    {
        await using var world = await PresenceWorld.StartAsync();
        var instance = Guid.NewGuid().ToString();
        var ada = await world.User("ada").EnterAsync(instance: instance);
        var eve = await world.User("eve").EnterAsync(instance: instance);
        Assert.AreNotEqual(ada.Id, eve.Id);
        Assert.AreEqual(2, (await world.User("bob").GetAsync()).Counts.Members);
    }

    [TestMethod]
    public async Task Session_that_was_taken_over_from_can_neither_update_nor_leave()
    {
        await using var world = await PresenceWorld.StartAsync();
        var instance = Guid.NewGuid().ToString();
        var old = world.User("ada");
        await old.EnterAsync(instance: instance);
        await world.User("ada").EnterAsync(instance: instance);
        Assert.AreEqual("not_present", await old.UpdateAsync("{}").CodeAsync());
        Assert.AreEqual("not_present", await old.LeaveAsync().CodeAsync());
        await old.Client.DisposeAsync();
        Assert.AreEqual(1, (await world.User("bob").GetAsync()).Counts.Members);
    }

    [TestMethod]
    public async Task Session_that_ends_without_a_goodbye_keeps_the_rest_of_its_grace_only()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await ada.EnterAsync();
        await using var seen = world.User("bob").Watch();
        await seen.ReadyAsync();
        await ada.BreakAsync();
        world.Clock.Advance(AlmostGrace);
        world.Lose("ada");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await seen.UntilAsync(static state => state.Members.Count == 0);
        await Until.SoAsync(() => world.Core.Sessions.Count == 1);
    }

    [TestMethod]
    public async Task Watcher_that_was_away_resumes_without_a_ghost()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob, cyd) = (world.User("ada"), world.User("bob"), world.User("cyd"));
        await ada.EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        for (var round = 0; round < 50; round++)
        {
            bob.Link.Cut();
            await (round % 2 == 0 ? ada.LeaveAsync() : ada.EnterAsync());
            await cyd.EnterAsync($"doc:{round + 2}");
        }

        await seen.UntilAsync(static state => state.Members.Count == 1);
        Assert.AreEqual(1, seen.Count(FeedEventKind.Snapshot));
    }
}
