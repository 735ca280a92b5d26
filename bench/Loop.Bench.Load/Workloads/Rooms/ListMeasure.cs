using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>An owner's rooms from a version before all of them: the time that the server's cores are busy for it, and the time until the client has them.</summary>
internal static class ListMeasure
{
    private const int Rounds = 20;
    private const int Concurrency = 32;

    public static async Task RunAsync(ClientContext context, int rooms)
    {
        await using var owner = await RoomsUser.ConnectAsync(context, "lister");
        var version = await ReadPositionAsync(owner);
        await Parallel.ForAsync(0, rooms, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, _) => await owner.CreateAsync());
        await ListAsync(context, owner, version, rooms);
        var (busy, wall) = await ListAsync(context, owner, version, rooms);
        ClientContext.Report(MetricNames.ListMilliseconds, busy);
        ClientContext.Report(MetricNames.ListWallMilliseconds, wall);
    }

    private static async Task<(double Busy, double Wall)> ListAsync(ClientContext context, RoomsUser owner, FeedPosition version, int rooms)
    {
        var before = await context.Control.GetStatsAsync();
        var wall = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await ReadAsync(owner, version, rooms);
            wall += Stopwatch.GetElapsedTime(start);
        }

        var after = await context.Control.GetStatsAsync();
        return ((after.CpuMilliseconds - before.CpuMilliseconds) / Rounds, wall.TotalMilliseconds / Rounds);
    }

    private static async Task<FeedPosition> ReadPositionAsync(RoomsUser owner)
    {
        await foreach (var first in owner.Rooms.List().SubscribeAsync())
        {
            return first.Position;
        }

        throw new InvalidOperationException("The list gave nothing.");
    }

    private static async Task ReadAsync(RoomsUser owner, FeedPosition version, int rooms)
    {
        var tokens = new HashSet<string>();
        await foreach (var change in owner.Rooms.List().SubscribeAsync(version))
        {
            switch (change.Kind)
            {
                case FeedEventKind.Snapshot:
                    throw new InvalidOperationException("The list began anew.");
                case FeedEventKind.Change:
                    tokens.UnionWith((change.Change.Put ?? []).Select(static room => room.Token));
                    break;
            }

            if (tokens.Count == rooms)
            {
                return;
            }
        }
    }
}
