using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads.LoopApi;

/// <summary>Signed requests of the Loop HTTP API, as fast as they are answered: an owner's look at a room, and joining.</summary>
/// <param name="clients">How many connections ask, each with a session and a room of its own.</param>
internal sealed class LoopApiWorkload(int clients) : IWorkload
{
    public string Name => WorkloadNames.LoopApi;

    public async Task RunAsync(ClientContext context)
    {
        var asking = await ClientContext.ConnectManyAsync(clients, _ => ApiClient.ConnectAsync(context.Port, context.Target));
        await RepeatAsync(asking, static client => client.JoinAsync(), context.Warmup);
        await RepeatAsync(asking, static client => client.GetAsync(), context.Warmup);
        ClientContext.Report(MetricNames.GetPerSecond, await RepeatAsync(asking, static client => client.GetAsync(), context.Duration));
        ClientContext.Report(MetricNames.JoinPerSecond, await RepeatAsync(asking, static client => client.JoinAsync(), context.Duration));
        Array.ForEach(asking, static client => client.Dispose());
    }

    /// <summary>How many requests were answered in a second.</summary>
    private static async Task<double> RepeatAsync(ApiClient[] clients, Func<ApiClient, Task> ask, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(clients.Select(async client =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++)
            {
                await ask(client);
            }

            return count;
        }));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
