using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class WatcherSimulationTests
{
    private const int Rounds = 1000;

    // A history of 4 makes about half of the reconnections end in a snapshot.
    [TestMethod]
    [DataRow(1, 0, 256)]
    [DataRow(2, 0, 4)]
    [DataRow(3, 100, 4)]
    public async Task Watcher_that_reconnects_a_thousand_times_shows_the_true_set_at_every_quiet_point(int seed, int intervalMs, int history)
    {
        await using var world = await PresenceWorld.StartAsync(
            options => (options.ManyWatchers, options.DiffInterval, options.HistoryCount) = (0, TimeSpan.FromMilliseconds(intervalMs), history),
            server: static options => options.RateLimits.SessionCalls = null);
        var random = new Random(seed);
        var users = Enumerable.Range(0, 8).Select(number => world.User($"u{number}")).ToList();
        var present = new HashSet<PresenceUser>();
        var watcher = world.User("eve");
        await using var seen = watcher.Watch();
        await seen.ReadyAsync();
        for (var round = 0; round < Rounds; round++)
        {
#pragma warning disable CA5394 // Chance, not secrecy.
            if (random.Next(4) == 0)
            {
                watcher.Link.CutAfter(Testing.LinkDirection.ToClient, random.Next(400));
            }
            else
            {
                watcher.Link.Cut();
            }

            for (var change = random.Next(6); change > 0; change--)
            {
                var user = users[random.Next(users.Count)];
                if (present.Add(user))
                {
                    await user.EnterAsync(data: Data(round));
                }
                else if (random.Next(2) == 0)
                {
                    await user.UpdateAsync(Data(round));
                }
                else
                {
                    await user.LeaveAsync();
                    present.Remove(user);
                }
            }
#pragma warning restore CA5394

            world.Clock.Advance(TimeSpan.FromMilliseconds(intervalMs));
            await seen.UntilAsync(state => Shown(state) == Truth(world));

            // Not what is seen now: who came and went at once may still be on the way. Each state's counts are held to its members.
            Assert.AreEqual(present.Count, world.Service.Get(PresenceWorld.Doc).Counts.Members);
        }

        Assert.IsGreaterThan(Rounds / 2, watcher.Link.Connections);
    }

    private static string Data(int round) => $$"""{"n":{{round}}}""";

    private static string Truth(PresenceWorld world) => string.Join(' ', world.Service.Get(PresenceWorld.Doc).Members
        .Select(static member => $"{member.Id}:{member.Data}").Order(StringComparer.Ordinal));

    private static string Shown(ScopeState state) => string.Join(' ', state.Members.Values.Select(static member => $"{member.Id}:{member.Data}").Order(StringComparer.Ordinal));
}
