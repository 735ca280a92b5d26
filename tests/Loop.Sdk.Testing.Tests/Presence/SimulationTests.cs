using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

/// <summary>Random schedules, by a seed. Everybody is the real client; who watches is checked at every change, and against the server's own view at every quiet point.</summary>
[TestClass]
public sealed class SimulationTests
{
    private const int Members = 8;

    [TestMethod]
    [DataRow(1, 256)]
    [DataRow(2, 2)]
    public async Task Watcher_that_reconnects_a_thousand_times_never_shows_a_ghost_or_misses_a_member(int seed, int history)
    {
        const int Reconnections = 1000;
        await using var world = await PresenceWorld.StartAsync(options => options.HistoryCount = history);
        var random = new Random(seed);
        var users = Enumerable.Range(0, Members).Select(number => world.User($"u{number}")).ToArray();
        var entries = new PresenceEntry?[Members];
        var watcher = world.User("eve");
        await using var seen = watcher.Watch();
        await seen.UntilShownAsync("");
#pragma warning disable CA5394 // Chance, not secrecy.
        for (var round = 1; watcher.Link.Connections < Reconnections; round++)
        {
            switch (random.Next(4))
            {
                case 0:
                    watcher.Link.CutAfter(LinkDirection.ToClient, random.Next(600));
                    break;
                case 1:
                    await watcher.LoseSessionAsync();
                    break;
                default:
                    watcher.Link.Cut();
                    break;
            }

            for (var act = random.Next(4); act > 0; act--)
            {
                await world.InGraceAsync(ActAsync(random, users, entries, round));
            }

            // Members have links that break as well.
            users[random.Next(Members)].Link.Cut();
            if (round % 5 == 0)
            {
                await world.SoonAsync(seen.UntilAsync(probe => probe.Shown == Truth(world, seed, round)));

                // Not what is shown now: who came and went at once may still be on the way.
                Assert.HasCount(entries.Count(static entry => entry is not null), world.Service.Get(PresenceWorld.Doc).Members, $"Seed {seed}, round {round}.");
            }
        }
#pragma warning restore CA5394

        await world.SoonAsync(seen.UntilAsync(probe => probe.Shown == Truth(world, seed, 0)));
        Assert.IsTrue(entries.OfType<PresenceEntry>().All(static entry => entry.State == PresenceEntryState.Present));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Member_whose_link_flaps_within_the_grace_makes_no_event_at_all(int seed)
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        var id = entry.Member.Id;
        var random = new Random(seed);
        for (var flap = 0; flap < 100; flap++)
        {
#pragma warning disable CA5394 // Chance, not secrecy.
            var away = TimeSpan.FromMilliseconds(random.Next(2000));
            if (random.Next(3) == 0)
            {
                await ada.LoseSessionAsync(comesBack: false);
            }
            else
            {
                await ada.BreakAsync();
            }
#pragma warning restore CA5394

            world.Clock.Advance(away);
            ada.Link.IsRefusing = false;

            // Nothing changes by it; but it is answered only if the member is there.
            await world.InGraceAsync(entry.UpdateAsync(PresenceUser.Json("""{"a":1}""")));
        }

        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await seen.UntilShownAsync("""ada{"a":2}""");
        Assert.AreEqual("* +ada in ada ~ada", seen.Told);
        Assert.AreEqual(id, seen.Members.Keys.Single());
    }

    private static async Task ActAsync(Random random, PresenceUser[] users, PresenceEntry?[] entries, int round)
    {
#pragma warning disable CA5394 // Chance, not secrecy.
        var member = random.Next(Members);
        if (entries[member] is not { } entry)
        {
            entries[member] = await users[member].EnterAsync(data: Data(round));
        }
        else if (random.Next(2) == 0)
        {
            await entry.UpdateAsync(PresenceUser.Json(Data(round)));
        }
        else
        {
            await entry.LeaveAsync();
            entries[member] = null;
        }
#pragma warning restore CA5394
    }

    private static string Data(int round) => $$"""{"round":{{round}}}""";

    private static string Truth(PresenceWorld world, int seed, int round)
    {
        var members = world.Service.Get(PresenceWorld.Doc).Members;
        Assert.HasCount(members.Count, members.Select(static member => member.User).Distinct().ToList(), $"Seed {seed}, round {round}: a ghost on the server.");
        return string.Join(' ', members.Select(static member => member.User + member.Data?.GetRawText()).Order(StringComparer.Ordinal));
    }
}
