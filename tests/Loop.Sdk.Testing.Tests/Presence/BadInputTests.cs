using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

/// <summary>What clients do wrong, from mistake to malice: each has its code, and costs nobody else anything.</summary>
[TestClass]
public sealed class BadInputTests
{
    private static string Text(int length) => $$"""{"text":"{{new string('x', length)}}"}""";

    [TestMethod]
    public async Task Data_over_the_limit_is_refused_and_what_was_there_stays()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await Check.FailsAsync(ErrorCodes.DataTooLarge, ada.EnterAsync(data: Text(1024)));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await Check.FailsAsync(ErrorCodes.DataTooLarge, entry.UpdateAsync(PresenceUser.Json(Text(1024))));
        await Check.FailsAsync(ErrorCodes.InvalidRequest, entry.UpdateAsync(PresenceUser.Json($$"""{"deep":{{new string('[', 20)}}{{new string(']', 20)}}}""")));
        Assert.AreEqual("""{"a":1}""", entry.Member.Data!.Value.GetRawText());
        Assert.AreEqual("""{"a":1}""", (await ada.Presence.GetAsync(PresenceWorld.Doc)).Members.Single().Data!.Value.GetRawText());
        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => entry.UpdateAsync(PresenceUser.Json("[1]")));
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => ada.EnterAsync("doc:2", "\"text\""));
    }

    [TestMethod]
    public async Task Too_large_an_update_while_the_session_is_lost_does_not_keep_the_member_out()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await ada.LoseSessionAsync(comesBack: false);
        var update = entry.UpdateAsync(PresenceUser.Json(Text(5000)));
        ada.Link.IsRefusing = false;
        await Check.FailsAsync(ErrorCodes.DataTooLarge, world.SoonAsync(update));
        await world.SoonAsync(Eventually.TrueAsync(() => entry.State == PresenceEntryState.Present));
        Assert.AreEqual("""{"a":1}""", (await ada.Presence.GetAsync(PresenceWorld.Doc)).Members.Single().Data!.Value.GetRawText());
    }

    [TestMethod]
    public async Task Scopes_that_are_not_allowed_are_refused_and_tell_nothing()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, guest) = (world.User("ada"), world.User(null));
        await using var entry = await ada.EnterAsync();
        foreach (var scope in new[] { "secret:1", "room:AAAAAAAAAAAA", "chat:none" })
        {
            await Check.FailsAsync(ErrorCodes.ScopeRefused, ada.EnterAsync(scope));
            await Check.FailsAsync(ErrorCodes.ScopeRefused, ada.Presence.GetAsync(scope));
            await Check.FailsAsync(ErrorCodes.ScopeRefused, ada.Presence.Watch(scope).ChangesAsync().FirstAsync().AsTask());
            await Check.FailsAsync(ErrorCodes.ScopeRefused, ada.Presence.KickAsync(scope, "x"));
        }

        await Check.FailsAsync(ErrorCodes.ScopeRefused, guest.EnterAsync());
        await Check.FailsAsync(ErrorCodes.ScopeRefused, guest.Presence.GetAsync(PresenceWorld.Doc));
        foreach (var scope in new[] { "", "doc", "doc:", ":1", "Doc:1", "!devices:ada", "doc:ü", "doc:" + new string('x', 129) })
        {
            await Check.FailsAsync(ErrorCodes.InvalidScope, ada.EnterAsync(scope));
            await Check.FailsAsync(ErrorCodes.InvalidScope, ada.Presence.Watch(scope).ChangesAsync().FirstAsync().AsTask());
        }
    }

    [TestMethod]
    public async Task Entering_twice_is_refused_and_does_no_harm()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await Check.FailsAsync(ErrorCodes.AlreadyPresent, ada.EnterAsync());

        // The same past the client's own look.
        var raw = ada.Device.Service<IPresence>();
        await Check.FailsAsync(ErrorCodes.AlreadyPresent, raw.EnterAsync(new EnterScope { Scope = PresenceWorld.Doc, Instance = "0123456789abcdef" }));
        Assert.AreEqual((PresenceEntryState.Present, 1), (entry.State, (await ada.Presence.GetAsync(PresenceWorld.Doc)).Counts.Members));
        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
    }

    [TestMethod]
    public async Task Nobody_updates_leaves_or_kicks_for_another()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, eve) = (world.User("ada"), world.User("eve"));
        await using var entry = await ada.EnterAsync(PresenceWorld.Club, """{"a":1}""");
        var raw = eve.Device.Service<IPresence>();
        await Check.FailsAsync(ErrorCodes.NotPresent, raw.UpdateAsync(new UpdateMember { Scope = PresenceWorld.Club, Data = PresenceUser.Json("""{"a":9}""") }));
        await Check.FailsAsync(ErrorCodes.NotPresent, raw.LeaveAsync(new ScopeRef(PresenceWorld.Club)));
        await Check.FailsAsync(ErrorCodes.ScopeRefused, eve.Presence.KickAsync(PresenceWorld.Club, entry.Member.Id));
        await Check.FailsAsync(ErrorCodes.NotPresent, world.User("mod").Presence.KickAsync(PresenceWorld.Club, "nobody"));
        var member = (await ada.Presence.GetAsync(PresenceWorld.Club)).Members.Single();
        Assert.AreEqual(("ada", """{"a":1}"""), (member.User, member.Data!.Value.GetRawText()));

        // With ada's own instance, which eve could not know, eve is still eve.
        await raw.EnterAsync(new EnterScope { Scope = PresenceWorld.Club, Instance = "0123456789abcdef" });
        Assert.AreEqual(2, (await ada.Presence.GetAsync(PresenceWorld.Club)).Counts.Users);
        Assert.AreEqual(PresenceEntryState.Present, entry.State);
    }

    [TestMethod]
    public async Task Thousands_of_scopes_from_one_session_stop_at_the_limit()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.MaxScopesPerSession = 20);
        var ada = world.User("ada");
        var entered = 0;
        for (var number = 0; number < 2000; number++)
        {
            try
            {
                await ada.EnterAsync($"doc:{number}");
                entered++;
            }
            catch (LoopException error)
            {
                Assert.AreEqual(ErrorCodes.TooManyScopes, error.Code);
            }
        }

        Assert.AreEqual((20, 20), (entered, world.Service.Scopes.Count));
        await using var bob = await world.User("bob").EnterAsync("doc:1000");
    }
}
