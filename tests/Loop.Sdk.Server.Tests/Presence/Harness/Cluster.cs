using Loop.Sdk.Server.Presence;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>Several servers in one process, on one clock.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private Cluster(int seed) => Network = new LossyNetwork(seed);

    public FakeClock Clock { get; } = new();

    public LossyNetwork Network { get; }

    public List<PresenceWorld> Worlds { get; } = [];

    public List<LossyNetwork.Node> Nodes { get; } = [];

    public static async Task<Cluster> StartAsync(int nodes, int seed = 0, Action<PresenceOptions>? presence = null, Action<ILoopServerBuilder>? build = null)
    {
        var cluster = new Cluster(seed);
        for (var node = 0; node < nodes; node++)
        {
            await cluster.AddAsync(presence, build);
        }

        return cluster;
    }

    public async Task<PresenceWorld> AddAsync(Action<PresenceOptions>? presence = null, Action<ILoopServerBuilder>? build = null)
    {
        var node = Network.Join();
        var world = await PresenceWorld.StartAsync(
            presence,
            builder =>
            {
                builder.Services.AddSingleton<IPresenceBackplane>(node);
                build?.Invoke(builder);
            },
            clock: Clock);
        Worlds.Add(world);
        Nodes.Add(node);
        return world;
    }

    /// <summary>A node dies, without a word.</summary>
    public async Task KillAsync(int node)
    {
        Nodes[node].IsCutOff = true;
        await Worlds[node].DisposeAsync();
    }

    /// <summary>Lets time pass, in small steps, until something is so.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? atMost = null)
    {
        var end = Clock.GetUtcNow() + (atMost ?? TimeSpan.FromMinutes(5));
        while (!condition())
        {
            if (Clock.GetUtcNow() >= end)
            {
                Assert.Fail($"It does not become so: {string.Join(" / ", Worlds.Select(Show))}");
            }

            await StepAsync(TimeSpan.FromMilliseconds(250));
        }
    }

    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            await StepAsync(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>Who is in the scope, as a node sees it.</summary>
    public static string Show(PresenceWorld world) => string.Join(' ', world.Service.Get(PresenceWorld.Doc).Members
        .Select(static member => $"{member.User}:{member.Id}:{(member.Data is { } data ? data.GetRawText() : "")}").Order(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var world in Worlds)
        {
            await world.DisposeAsync();
        }
    }

    // What a step sets in motion runs on other threads. The clock goes no further while messages wait for one of them: leases would end that were renewed in time.
    private async Task StepAsync(TimeSpan step)
    {
        Clock.Advance(step);
        for (var round = 0; round < 3; round++)
        {
            Network.Deliver();
            do
            {
                await Task.Delay(1);
            }
            while (!Network.IsSettled);
        }
    }
}
