using System.Text.Json;
using System.Text.Json.Serialization;
using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

[TestClass]
public sealed partial class EntryTests
{
    [TestMethod]
    public async Task Entry_is_seen_updated_and_left()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("");
        var entry = await ada.EnterAsync(data: """{"page":1}""");
        await seen.UntilShownAsync("""ada{"page":1}""");
        await entry.UpdateAsync(PresenceUser.Json("""{"page":2}"""));
        await seen.UntilShownAsync("""ada{"page":2}""");
        Assert.AreEqual((PresenceEntryState.Present, seen.Members.Keys.Single()), (entry.State, entry.Member.Id));
        Assert.AreEqual("""{"page":2}""", entry.Member.Data!.Value.GetRawText());
        await entry.LeaveAsync();
        await seen.UntilShownAsync("");
        Assert.AreEqual("* +ada in ada ~ada -ada Left out ada", seen.Told);
        Assert.AreEqual((PresenceEntryState.Ended, new PresenceEnd(PresenceEndReason.Left)), (entry.State, await entry.Ended));
        await Check.FailsAsync(ErrorCodes.Closed, entry.UpdateAsync(null));
    }

    [TestMethod]
    public async Task Data_of_the_applications_own_type_comes_as_it_was_written()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await using var entry = await ada.Presence.EnterAsync(PresenceWorld.Doc, new Cursor("Übung ✓", 3), CursorJson.Default.Cursor);
        Assert.AreEqual("""{"name":"Übung ✓","line":3}""", entry.Member.Data!.Value.GetRawText());
        await entry.UpdateAsync(new Cursor("b", 4), CursorJson.Default.Cursor);
        var member = (await ada.Presence.GetAsync(PresenceWorld.Doc)).Members.Single();
        Assert.AreEqual(new Cursor("b", 4), member.ReadData(CursorJson.Default.Cursor));
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => entry.UpdateAsync("no object", CursorJson.Default.String));
        await entry.UpdateAsync(PresenceUser.Json("""{"name":7}"""));
        Assert.AreEqual(ErrorCodes.InvalidPayload, Assert.ThrowsExactly<LoopException>(() => entry.Member.ReadData(CursorJson.Default.Cursor)).Code);
    }

    [TestMethod]
    public async Task Disposing_of_an_entry_leaves()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var seen = bob.Watch();
        await using (await ada.EnterAsync())
        {
            await seen.UntilShownAsync("ada");
        }

        await seen.UntilShownAsync("");
        StringAssert.EndsWith(seen.Told, "-ada Left out ada");
        await using var again = await ada.EnterAsync();
    }

    [TestMethod]
    public async Task Closing_the_channel_ends_entries_and_is_a_goodbye()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var seen = bob.Watch();
        var (one, two) = (await ada.EnterAsync(), await ada.EnterAsync("doc:2"));
        await seen.UntilShownAsync("ada");
        await ada.Device.Client.DisposeAsync();
        await seen.UntilShownAsync("");
        StringAssert.EndsWith(seen.Told, "-ada Left out ada");
        Assert.AreEqual(PresenceEndReason.Closed, (await one.Ended).Reason);
        Assert.AreEqual(PresenceEndReason.Closed, (await two.Ended).Reason);
        await Check.FailsAsync(ErrorCodes.Closed, one.UpdateAsync(null));
    }

    [TestMethod]
    public async Task Kicked_member_learns_it_and_does_not_come_back()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, mod) = (world.User("ada"), world.User("mod"));
        var entry = await ada.EnterAsync(PresenceWorld.Club);
        var other = await ada.EnterAsync("club:2");
        await mod.Presence.KickAsync(PresenceWorld.Club, entry.Member.Id);
        Assert.AreEqual(PresenceEndReason.Kicked, (await entry.Ended).Reason);
        await Check.FailsAsync(ErrorCodes.Kicked, entry.UpdateAsync(null));
        Assert.AreEqual(0, (await mod.Presence.GetAsync(PresenceWorld.Club)).Counts.Members);

        // Whoever may enter can enter again.
        await using var again = await ada.EnterAsync(PresenceWorld.Club);
        Assert.AreNotEqual(entry.Member.Id, again.Member.Id);
        Assert.AreEqual((PresenceEntryState.Present, PresenceEntryState.Present), (again.State, other.State));
    }

    [TestMethod]
    public async Task Kick_of_a_user_whose_connection_is_away_is_learnt_afterwards()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, mod) = (world.User("ada"), world.User("mod"));
        var entry = await ada.EnterAsync(PresenceWorld.Club);
        await ada.BreakAsync();
        await mod.Presence.KickAsync(PresenceWorld.Club, entry.Member.Id, wholeUser: true);
        await ada.ReturnAsync();
        Assert.AreEqual(PresenceEndReason.Kicked, (await entry.Ended).Reason);
    }

    [TestMethod]
    public async Task Right_that_ends_in_peace_ends_the_entry_as_left()
    {
        await using var world = await PresenceWorld.StartAsync();
        var entry = await world.User("ada").EnterAsync(PresenceWorld.Club);
        await world.Rule.Ending.CancelAsync();
        Assert.AreEqual(PresenceEndReason.Left, (await entry.Ended).Reason);
    }

    [TestMethod]
    public async Task First_entry_waits_for_a_connection()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        ada.Link.IsRefusing = true;
        var entering = ada.EnterAsync();
        await ada.Device.UntilAsync(ChannelState.Connecting);
        Assert.IsFalse(entering.IsCompleted);
        ada.Link.IsRefusing = false;
        await using var entry = await world.SoonAsync(entering);
        Assert.AreEqual(PresenceEntryState.Present, entry.State);
    }

    [TestMethod]
    public async Task Entering_can_be_given_up()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        ada.Link.IsRefusing = true;
        using var patience = new CancellationTokenSource();
        var entering = ada.Presence.EnterAsync(PresenceWorld.Doc, null, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => entering);
        ada.Link.IsRefusing = false;
        await using var entry = await world.SoonAsync(ada.EnterAsync());
        Assert.AreEqual(1, (await ada.Presence.GetAsync(PresenceWorld.Doc)).Counts.Members);
    }

    [TestMethod]
    public async Task Passing_refusal_is_tried_again()
    {
        await using var world = await PresenceWorld.StartAsync();
        world.Rule.Refusal = static asked => asked <= 3 ? new LoopException(ErrorCodes.ResourceExhausted, "Not now.") { Retryable = true } : null;
        await using var entry = await world.SoonAsync(world.User("ada").EnterAsync(PresenceWorld.Club));
        Assert.AreEqual((PresenceEntryState.Present, 4), (entry.State, world.Rule.Asked));
    }

    internal sealed record Cursor(string Name, int Line);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Cursor))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class CursorJson : JsonSerializerContext;
}
