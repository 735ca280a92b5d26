using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>
/// A scope that members join and leave all the time. Measured is what a watcher receives for each diff, and how long the server's cores are busy for each diff to one watcher, with all the
/// joining and leaving; and at every quiet point whether each watcher knows exactly who is there.
/// </summary>
internal static class BusyMeasure
{
    private const int Segments = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>How often a watcher was wrong at a quiet point.</returns>
    public static async Task<int> RunAsync(ClientContext context, int members, int movesPerSecond, int watchers)
    {
        var scope = PresentUser.ScopeOf("busy");
        SocketConnector.CountReceived(false);
        var users = await PresentUser.ConnectAsync(context, members + movesPerSecond, _ => scope);
        await Parallel.ForAsync(0, members, async (i, _) => await users[i].EnterAsync());
        SocketConnector.CountReceived(true);
        var watching = await ScopeWatcher.ConnectAsync(context, watchers, _ => scope);
        SocketConnector.CountReceived(false);

        var moves = new Moves(users);
        var wrong = await RunAsync(moves, watching, movesPerSecond, context.Warmup);
        var (before, received, changes) = (await context.Control.GetStatsAsync(), SocketConnector.Received, ChangesOf(watching));
        for (var segment = 0; segment < Segments; segment++)
        {
            wrong += await RunAsync(moves, watching, movesPerSecond, context.Duration);
        }

        var after = await context.Control.GetStatsAsync();
        var diffs = (double)(ChangesOf(watching) - changes);
        ClientContext.Report(MetricNames.BytesPerDiff, (SocketConnector.Received - received) / diffs);
        ClientContext.Report(MetricNames.CpuPerDiff, (after.CpuMilliseconds - before.CpuMilliseconds) * 1000 / diffs);
        await Task.WhenAll(users.Select(static user => user.DisposeAsync().AsTask()).Concat(watching.Select(static watcher => watcher.DisposeAsync().AsTask())));
        return wrong;
    }

    private static async Task<int> RunAsync(Moves moves, ScopeWatcher[] watchers, int perSecond, TimeSpan duration)
    {
        await moves.RunAsync(perSecond, duration);
        var truth = moves.Present;
        return await QuietPoint.WaitAsync(watchers, watcher => watcher.Shows(truth), Patience);
    }

    private static long ChangesOf(ScopeWatcher[] watchers) => watchers.Sum(static watcher => watcher.Changes);
}
