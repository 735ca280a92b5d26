using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

[TestClass]
public sealed class ReturnTests
{
    [TestMethod]
    public async Task Session_lost_within_the_grace_makes_no_event()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        var id = entry.Member.Id;
        for (var loss = 0; loss < 10; loss++)
        {
            await ada.LoseSessionAsync();

            // The same data changes nothing, but has to find a member.
            await world.InGraceAsync(entry.UpdateAsync(PresenceUser.Json("""{"a":1}""")));
        }

        // Long after the grace of any of those sessions.
        world.Clock.Advance(PresenceWorld.Grace * 2);
        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await seen.UntilShownAsync("""ada{"a":2}""");
        Assert.AreEqual("* +ada in ada ~ada", seen.Told);
        Assert.AreEqual(id, entry.Member.Id);
    }

    [TestMethod]
    public async Task Updates_made_without_a_connection_end_with_the_last()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        await ada.LoseSessionAsync(comesBack: false);
        Task[] updates = [.. Enumerable.Range(2, 5).Select(number => entry.UpdateAsync(PresenceUser.Json($$"""{"a":{{number}}}""")))];
        ada.Link.IsRefusing = false;
        await world.InGraceAsync(Task.WhenAll(updates));
        await seen.UntilShownAsync("""ada{"a":6}""");
        Assert.AreEqual("* +ada in ada ~ada", seen.Told);
    }

    [TestMethod]
    public async Task Client_that_comes_back_after_the_grace_enters_again_with_its_last_data()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        await ada.LoseSessionAsync(comesBack: false);
        await world.SoonAsync(seen.UntilShownAsync(""));
        ada.Link.IsRefusing = false;
        await world.SoonAsync(seen.UntilShownAsync("""ada{"a":1}"""));
        Assert.AreEqual("* +ada in ada -ada Lost out ada +ada in ada", seen.Told);
        await Eventually.TrueAsync(() => entry.State == PresenceEntryState.Present);
    }

    [TestMethod]
    public async Task Session_that_is_resumed_after_the_grace_is_present_again()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        await ada.BreakAsync();
        await world.SoonAsync(seen.UntilShownAsync(""));
        await ada.ReturnAsync();
        await seen.UntilShownAsync("""ada{"a":1}""");
        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await seen.UntilShownAsync("""ada{"a":2}""");
        Assert.AreEqual((PresenceEntryState.Present, seen.Members.Keys.Single()), (entry.State, entry.Member.Id));
    }

    [TestMethod]
    public async Task Restart_of_the_server_brings_everybody_back()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var one = await ada.EnterAsync(data: """{"a":1}""");
        await using var two = await bob.EnterAsync(data: """{"b":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1} bob{"b":1}""");
        await world.Host.RestartAsync();
        await world.SoonAsync(seen.UntilAsync(probe => probe.Shown == """ada{"a":1} bob{"b":1}""" && probe.Members.ContainsKey(one.Member.Id) && one.State == PresenceEntryState.Present));
        await world.SoonAsync(Eventually.TrueAsync(() => two.State == PresenceEntryState.Present));
    }

    [TestMethod]
    public async Task Refusal_for_good_ends_the_entry_with_its_code()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        var entry = await ada.EnterAsync(PresenceWorld.Club);
        world.Rule.Refusal = static _ => new LoopException(ErrorCodes.ScopeRefused, "Not any more.");
        await ada.LoseSessionAsync();
        var end = await world.SoonAsync(entry.Ended);
        Assert.AreEqual((PresenceEndReason.Refused, ErrorCodes.ScopeRefused), (end.Reason, end.Error!.Code));
        Assert.AreEqual(PresenceEntryState.Ended, entry.State);
        await Check.FailsAsync(ErrorCodes.ScopeRefused, entry.UpdateAsync(null));
    }

    [TestMethod]
    public async Task Refusal_for_the_moment_is_waited_out()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await using var entry = await ada.EnterAsync(PresenceWorld.Club);
        world.Rule.Refusal = static asked => asked switch
        {
            1 => new LoopException(ErrorCodes.RateLimited, "Not now.") { Retryable = true },
            2 => new LoopException(ErrorCodes.Internal, "A defect."),
            _ => null,
        };
        await ada.LoseSessionAsync();
        await world.SoonAsync(entry.UpdateAsync(PresenceUser.Json("""{"a":1}""")));
        Assert.AreEqual((PresenceEntryState.Present, 3), (entry.State, world.Rule.Asked));
    }

    [TestMethod]
    public async Task Server_that_lets_nobody_in_any_more_closes_the_entry()
    {
        await using var world = await PresenceWorld.StartAsync();
        var refused = false;
        var device = world.Host.CreateClient(configure: options =>
        {
            options.CredentialsProvider = _ => ValueTask.FromResult<Credentials?>(refused ? FakeCredentials.Refused : FakeCredentials.Of("ada"));
            options.CallTimeout = Timeout.InfiniteTimeSpan;
        });
        var ada = new PresenceUser(world, device);
        var entry = await ada.EnterAsync();
        refused = true;
        ada.Link.Cut();
        var end = await world.SoonAsync(entry.Ended);
        Assert.AreEqual((PresenceEndReason.Closed, ErrorCodes.Unauthenticated), (end.Reason, end.Error!.Code));
    }
}
