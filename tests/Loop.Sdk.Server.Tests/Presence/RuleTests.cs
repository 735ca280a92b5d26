using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class RuleTests
{
    private const string Club = "club:1";

    private static Task<PresenceWorld> StartAsync(ScriptedRule rule, Action<PresenceOptions>? presence = null) =>
        PresenceWorld.StartAsync(presence, builder => builder.Services.AddSingleton<PresenceScopeRule>(rule));

    [TestMethod]
    [DataRow(LeaveReason.Kicked)]
    [DataRow(LeaveReason.Left)]
    public async Task Right_that_ends_takes_the_member_and_the_feed_along(LeaveReason reason)
    {
        using var rule = new ScriptedRule { Reason = reason };
        await using var world = await StartAsync(rule);
        var ada = world.User("ada");
        await ada.EnterAsync(Club);
        await using var watched = ada.Watch(Club);
        await watched.UntilAsync(static state => state.Members.Values.Single().User == "~ada");
        await using var seen = ScopeState.Probe(world.Service.Watch(Club));
        await seen.ReadyAsync();
        await rule.Ending.CancelAsync();
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.AreEqual($"* -~ada {reason} out ~ada |", seen.State.Told);
        Assert.AreEqual("scope_refused", await watched.CodeAsync());
        Assert.AreEqual("not_present", await ada.LeaveAsync(Club).CodeAsync());
        Assert.AreEqual("scope_refused", await ada.EnterAsync(Club).CodeAsync());
        await Until.SoAsync(() => rule.Held == 0);
    }

    [TestMethod]
    public async Task Rights_are_given_back()
    {
        using var rule = new ScriptedRule();
        await using var world = await StartAsync(rule, static options => options.MaxMembers = 1);
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await ada.EnterAsync(Club);
        Assert.AreEqual("scope_full", await bob.EnterAsync(Club).CodeAsync());
        await bob.GetAsync(Club);
        Assert.AreEqual(1, rule.Held);
        await ada.LeaveAsync(Club);
        Assert.AreEqual(0, rule.Held);
        await ada.EnterAsync(Club);
        await ada.Client.DisposeAsync();
        await Until.SoAsync(() => rule.Held == 0);
    }

    [TestMethod]
    public async Task Entering_twice_at_once_succeeds_once()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var rule = new ScriptedRule { Gate = gate.Task };
        await using var world = await StartAsync(rule);
        var ada = world.User("ada");
        Task[] entries = [ada.EnterAsync(Club), ada.EnterAsync(Club)];
        var refused = await Task.WhenAny(entries);
        Assert.AreEqual("already_present", await refused.CodeAsync());
        gate.SetResult();
        await entries.Single(entry => entry != refused);
    }

    [TestMethod]
    public async Task Client_that_goes_while_its_entry_is_decided_is_not_left_behind()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var rule = new ScriptedRule { Gate = gate.Task };
        await using var world = await StartAsync(rule);
        var ada = world.User("ada");
        var entering = ada.EnterAsync(Club);
        await Until.SoAsync(() => world.Core.Sessions.Count == 1);
        await ada.Client.DisposeAsync();
        await Until.SoAsync(() => world.Core.Sessions.Count == 0);
        gate.SetResult();
        await Assert.ThrowsAsync<LoopException>(() => entering);
        await Until.SoAsync(() => rule.Held == 0 && world.Core.Scopes.All.Count == 0);
    }

    [TestMethod]
    public async Task User_that_no_rule_may_give_is_a_refusal()
    {
        using var rule = new ScriptedRule { GivesBadUsers = true };
        await using var world = await StartAsync(rule);
        Assert.AreEqual("scope_refused", await world.User("ada").EnterAsync(Club).CodeAsync());
        Assert.AreEqual(0, rule.Held);
    }

    [TestMethod]
    public async Task Kick_is_for_those_who_may_and_takes_one_or_all_of_a_user()
    {
        using var rule = new ScriptedRule();
        await using var world = await StartAsync(rule);
        var (ada, phone, mod) = (world.User("ada"), world.User("ada"), world.User("mod"));
        var member = await ada.EnterAsync(Club);
        await phone.EnterAsync(Club);
        await using var seen = mod.Watch(Club);
        await seen.ReadyAsync();
        Assert.AreEqual("scope_refused", await phone.KickAsync(member.Id, scope: Club).CodeAsync());
        Assert.AreEqual("not_present", await mod.KickAsync("nobody", scope: Club).CodeAsync());
        Assert.AreEqual("invalid_request", await mod.KickAsync("", scope: Club).CodeAsync());
        await mod.KickAsync(member.Id, scope: Club);
        await seen.UntilAsync(static state => state.Members.Count == 1);
        Assert.AreEqual("not_present", await ada.UpdateAsync("{}", Club).CodeAsync());
        var again = await ada.EnterAsync(Club);
        Assert.AreNotEqual(member.Id, again.Id);
        await mod.KickAsync(again.Id, wholeUser: true, Club);
        await seen.UntilAsync(static state => state.Told.EndsWith("out ~ada |", StringComparison.Ordinal));
        Assert.AreEqual("* -~ada Kicked | +~ada | -~ada Kicked -~ada Kicked out ~ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Host_sees_and_kicks_everywhere()
    {
        await using var world = await PresenceWorld.StartAsync();
        var member = await world.User("ada").EnterAsync();
        CollectionAssert.AreEqual(new[] { PresenceWorld.Doc }, world.Service.Scopes.ToArray());
        Assert.AreEqual(member.Id, world.Service.Get(PresenceWorld.Doc).Members.Single().Id);
        Assert.IsFalse(world.Service.Kick(PresenceWorld.Doc, "nobody"));
        Assert.IsTrue(world.Service.Kick(PresenceWorld.Doc, member.Id));
        Assert.IsEmpty(world.Service.Scopes);
    }

    [TestMethod]
    public async Task Two_rules_of_one_kind_keep_the_host_from_starting()
    {
        using var rule = new ScriptedRule();
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => StartAsync(rule, static options => options.AllowTopics("club")));
        Assert.ThrowsExactly<ArgumentException>(static () => new PresenceOptions().AllowTopics("No such kind"));
    }
}
