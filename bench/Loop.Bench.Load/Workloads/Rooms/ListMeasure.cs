using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>
/// An owner's rooms from a version before all of them, and from one before the last hundred: the time that the server's cores are busy for it, and the time until the client has them.
/// </summary>
internal static class ListMeasure
{
    private const int Rounds = 20;
    private const int Concurrency = 32;
    private const int Changed = 100;

    public static async Task RunAsync(ClientContext context, int rooms)
    {
        await using var owner = await RoomsUser.ConnectAsync(context, "lister");
        var version = await ReadAsync(owner, from: null, rooms: 0);
        await CreateAsync(owner, rooms - Changed);
        var late = await ReadAsync(owner, version, rooms - Changed);
        await CreateAsync(owner, Changed);
        await ListAsync(context, owner, version, rooms);
        var (busy, wall) = await ListAsync(context, owner, version, rooms);
        var (changed, _) = await ListAsync(context, owner, late, Changed);
        ClientContext.Report(MetricNames.ListMilliseconds, busy);
        ClientContext.Report(MetricNames.ListWallMilliseconds, wall);
        ClientContext.Report(MetricNames.ListChangedMilliseconds, changed);
    }

    private static Task CreateAsync(RoomsUser owner, int rooms) =>
        Parallel.ForAsync(0, rooms, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, _) => await owner.CreateAsync());

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

    // Reads until so many rooms are known, and gives the position of that.
    private static async Task<FeedPosition> ReadAsync(RoomsUser owner, FeedPosition? from, int rooms)
    {
        var tokens = new HashSet<string>();
        await foreach (var change in owner.Rooms.List().SubscribeAsync(from))
        {
            if (change.Kind == FeedEventKind.Snapshot && from is not null)
            {
                throw new InvalidOperationException("The list began anew.");
            }

            if (change.Kind == FeedEventKind.Change)
            {
                tokens.UnionWith((change.Change.Put ?? []).Select(static room => room.Token));
            }

            if (tokens.Count == rooms)
            {
                return change.Position;
            }
        }

        throw new InvalidOperationException("The list ended.");
    }
}
