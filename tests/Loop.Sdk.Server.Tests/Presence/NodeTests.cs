using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class NodeTests
{
    [TestMethod]
    public async Task Nodes_show_each_others_members()
    {
        await using var cluster = await Cluster.StartAsync(2);
        var (ada, bob) = (cluster.Worlds[0].User("ada"), cluster.Worlds[1].User("bob"));
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        var member = await ada.EnterAsync(data: """{"a":1}""");
        await cluster.UntilAsync(() => seen.State.Members.ContainsKey(member.Id));
        await ada.UpdateAsync("""{"a":2}""");
        await ada.LeaveAsync();
        await cluster.UntilAsync(() => seen.State.Told.EndsWith("out ada |", StringComparison.Ordinal));
        Assert.AreEqual("* +ada in ada | ~ada | -ada Left out ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Node_that_comes_later_learns_who_is_there()
    {
        await using var cluster = await Cluster.StartAsync(1);
        for (var number = 0; number < 300; number++)
        {
            await cluster.Worlds[0].User($"u{number}").EnterAsync();
        }

        var late = await cluster.AddAsync();
        await cluster.UntilAsync(() => Cluster.Show(late) == Cluster.Show(cluster.Worlds[0]));
        Assert.AreEqual(300, late.Service.Get(PresenceWorld.Doc).Counts.Users);
    }

    [TestMethod]
    public async Task Members_of_a_node_that_dies_are_gone_when_its_lease_ends()
    {
        await using var cluster = await Cluster.StartAsync(2);
        var bob = cluster.Worlds[1].User("bob");
        await cluster.Worlds[0].User("ada").EnterAsync();
        await using var seen = bob.Watch();
        await seen.ReadyAsync();
        await cluster.UntilAsync(() => seen.State.Members.Count == 1);
        await cluster.PassAsync(TimeSpan.FromSeconds(60));
        Assert.HasCount(1, seen.State.Members);
        await cluster.KillAsync(0);
        var died = cluster.Clock.GetUtcNow();
        await cluster.UntilAsync(() => cluster.Worlds[1].Service.Get(PresenceWorld.Doc).Counts.Members == 0);
        var took = cluster.Clock.GetUtcNow() - died;
        Assert.IsGreaterThan(TimeSpan.FromSeconds(19), took);
        Assert.IsLessThan(TimeSpan.FromSeconds(32), took);
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.AreEqual("* +ada in ada | -ada Expired out ada |", seen.State.Told);
    }

    [TestMethod]
    public async Task Client_that_moves_to_another_node_makes_no_event()
    {
        await using var cluster = await Cluster.StartAsync(3);
        var instance = Guid.NewGuid().ToString();
        var old = cluster.Worlds[0].User("ada");
        var member = await old.EnterAsync(data: "{}", instance: instance);
        await using var seen = cluster.Worlds[2].User("eve").Watch();
        await seen.ReadyAsync();
        await cluster.UntilAsync(() => seen.State.Members.Count == 1 && cluster.Worlds[1].Service.Get(PresenceWorld.Doc).Counts.Members == 1);
        var next = cluster.Worlds[1].User("ada");
        Assert.AreEqual(member.Id, (await next.EnterAsync(data: "{}", instance: instance)).Id);
        await cluster.UntilAsync(() => cluster.Worlds[0].Core.Scopes.Find(PresenceWorld.Doc)!.LocalMembers.Count == 0);
        Assert.AreEqual("not_present", await old.UpdateAsync("{}").CodeAsync());
        await old.Client.DisposeAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(40));
        await next.UpdateAsync("""{"a":1}""");
        await cluster.UntilAsync(() => seen.State.Told.Contains('~', StringComparison.Ordinal));
        Assert.AreEqual("* +ada in ada | ~ada |", seen.State.Told);
        Assert.AreEqual(Cluster.Show(cluster.Worlds[1]), Cluster.Show(cluster.Worlds[0]));
    }

    [TestMethod]
    public async Task Node_that_stops_in_order_leaves_its_members_their_grace()
    {
        await using var cluster = await Cluster.StartAsync(2);
        var instance = Guid.NewGuid().ToString();
        await cluster.Worlds[0].User("ada").EnterAsync(instance: instance);
        await cluster.Worlds[0].User("bob").EnterAsync();
        await using var seen = ScopeState.Probe(cluster.Worlds[1].Service.Watch(PresenceWorld.Doc));
        await cluster.UntilAsync(() => seen.State.Members.Count == 2);
        var stopping = cluster.Worlds[0].Host.StopAsync();
        await cluster.UntilAsync(() => stopping.IsCompleted);
        await cluster.Worlds[1].User("ada").EnterAsync(instance: instance);
        await cluster.UntilAsync(() => cluster.Worlds[1].Service.Get(PresenceWorld.Doc).Counts.Members == 1, TimeSpan.FromSeconds(20));
        await seen.UntilAsync(static state => state.Members.Count == 1);
        Assert.AreEqual("ada", seen.State.Members.Values.Single().User);
    }

    [TestMethod]
    public async Task Kick_reaches_a_member_on_another_node_though_messages_get_lost()
    {
        await using var cluster = await Cluster.StartAsync(2, seed: 7);
        var ada = cluster.Worlds[0].User("ada");
        var member = await ada.EnterAsync();
        await cluster.UntilAsync(() => cluster.Worlds[1].Service.Get(PresenceWorld.Doc).Counts.Members == 1);
        cluster.Network.IsReliable = false;
        Assert.IsTrue(cluster.Worlds[1].Service.Kick(PresenceWorld.Doc, member.Id));
        await cluster.UntilAsync(() => cluster.Worlds.All(static world => world.Service.Scopes.Count == 0));
        Assert.AreEqual("not_present", await ada.UpdateAsync("{}").CodeAsync());
    }

    [TestMethod]
    public async Task Node_that_was_cut_off_comes_back_with_its_members()
    {
        await using var cluster = await Cluster.StartAsync(2);
        await cluster.Worlds[0].User("ada").EnterAsync();
        await cluster.Worlds[1].User("bob").EnterAsync();
        await cluster.UntilAsync(() => cluster.Worlds.All(static world => world.Service.Get(PresenceWorld.Doc).Counts.Members == 2));
        cluster.Nodes[0].IsCutOff = true;
        await cluster.UntilAsync(() => cluster.Worlds.All(static world => world.Service.Get(PresenceWorld.Doc).Counts.Members == 1));
        cluster.Nodes[0].IsCutOff = false;
        await cluster.UntilAsync(() => cluster.Worlds.All(static world => world.Service.Get(PresenceWorld.Doc).Counts.Members == 2));
    }

    [TestMethod]
    public async Task Garbage_from_the_backplane_is_passed_over()
    {
        await using var cluster = await Cluster.StartAsync(1);
        var node = cluster.Nodes[0];
        node.Take("no json"u8.ToArray());
        node.Take("null"u8.ToArray());
        node.Take("{}"u8.ToArray());
        node.Take("""{"node":"x","number":1,"changes":[{"scope":"no scope","id":"1"}]}"""u8.ToArray());
        node.Take("""{"node":"x","number":0,"whole":{"part":0,"parts":1,"members":[{"scope":"also none","id":"1","put":{"id":"1","user":"u","enteredAt":"2030-01-01T00:00:00Z"}}]}}"""u8.ToArray());
        node.Take("""{"node":"y","number":0,"whole":{"part":0,"parts":1,"members":[{"scope":"doc:1","id":"1","key":"k","put":{"id":"1","user":"u","enteredAt":"2030-01-01T00:00:00Z"}}]}}"""u8.ToArray());
        await cluster.UntilAsync(() => Cluster.Show(cluster.Worlds[0]) == "u:1:", TimeSpan.FromSeconds(25));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Nodes_agree_in_the_end_whatever_the_network_does(int seed)
    {
        await using var cluster = await Cluster.StartAsync(3, seed);
        cluster.Network.IsReliable = false;
#pragma warning disable CA5394 // Chance, not secrecy.
        var random = new Random(seed);
        var clients = Enumerable.Range(0, 8).Select(number => new Client($"u{number}", Guid.NewGuid().ToString())).ToList();
        for (var step = 0; step < 150; step++)
        {
            await clients[random.Next(clients.Count)].ActAsync(cluster, random, step);
            if (random.Next(20) == 0)
            {
                var node = cluster.Nodes[random.Next(3)];
                node.IsCutOff = !node.IsCutOff;
            }

            if (random.Next(3) == 0)
            {
                await cluster.PassAsync(TimeSpan.FromMilliseconds(random.Next(3000)));
            }
        }
#pragma warning restore CA5394

        cluster.Nodes.ForEach(static node => node.IsCutOff = false);
        cluster.Network.IsReliable = true;
        var expected = string.Join(' ', clients.Where(static client => client.IsPresent).Select(static client => $"{client.User}:{client.Data}").Order(StringComparer.Ordinal));
        await cluster.UntilAsync(() => cluster.Worlds.All(world => Seen(world) == expected && Cluster.Show(world) == Cluster.Show(cluster.Worlds[0])));
        await cluster.PassAsync(TimeSpan.FromSeconds(60));
        Assert.IsTrue(cluster.Worlds.All(world => Seen(world) == expected));
    }

    private static string Seen(PresenceWorld world) => string.Join(' ', world.Service.Get(PresenceWorld.Doc).Members
        .Select(static member => $"{member.User}:{(member.Data is { } data ? data.GetRawText() : "")}").Order(StringComparer.Ordinal));

    private sealed class Client(string user, string instance)
    {
        private PresenceUser? _session;

        public string User => user;

        public bool IsPresent { get; private set; }

        public string Data { get; private set; } = "";

        public async Task ActAsync(Cluster cluster, Random random, int step)
        {
            // No two clocks show the same tick.
            cluster.Clock.Advance(TimeSpan.FromTicks(1));
#pragma warning disable CA5394 // Chance, not secrecy.
            switch (random.Next(4))
            {
                case 0 when IsPresent:
                    await _session!.LeaveAsync();
                    IsPresent = false;
                    break;
                case 1 when IsPresent:
                    Data = $$"""{"n":{{step}}}""";
                    await _session!.UpdateAsync(Data);
                    break;
                case 2 when _session is not null:
                    // It loses its session without a goodbye, and comes to whichever node at once, with what it had.
                    var lost = _session;
                    lost.Link.IsRefusing = true;
                    lost.Link.Cut();
                    _session = cluster.Worlds[random.Next(cluster.Worlds.Count)].User(user);
                    if (IsPresent)
                    {
                        await _session.EnterAsync(data: Data, instance: instance);
                    }

                    break;
                default:
                    _session ??= cluster.Worlds[random.Next(cluster.Worlds.Count)].User(user);
                    if (!IsPresent)
                    {
                        Data = $$"""{"n":{{step}}}""";
                        await _session.EnterAsync(data: Data, instance: instance);
                        IsPresent = true;
                    }

                    break;
            }
#pragma warning restore CA5394
        }
    }
}
