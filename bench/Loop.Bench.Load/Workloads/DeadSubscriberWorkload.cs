using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Workloads;

/// <summary>A fan-out in which one subscriber dies: what the others still get.</summary>
/// <param name="name">The workload's name.</param>
/// <param name="subscribers">How many there are, the dying one included.</param>
/// <param name="die">How that one dies.</param>
internal sealed class DeadSubscriberWorkload(string name, int subscribers, Action<IPausableConnection> die) : IWorkload
{
    // Some megabytes: enough to fill every buffer on the way to the one that is dead.
    private const int FillingEvents = 60_000;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    public string Name => name;

    public async Task RunAsync(ClientContext context)
    {
        var healthy = await context.ConnectManyAsync<IEventConnection>(subscribers - 1);
        SocketConnector.UseFragileLinks();
        var dying = await context.ConnectAsync<IPausableConnection>();
        var counters = healthy.Select(_ => new EventCounter()).ToArray();
        await dying.SubscribeAsync(_ => { });
        await Task.WhenAll(healthy.Zip(counters, (connection, counter) => connection.SubscribeAsync(counter.Receive)));

        await PublishAsync(context.Control, counters, context.Warmup);
        ClientContext.Report(MetricNames.HealthyPerSecond, await PublishAsync(context.Control, counters, context.Duration));
        die(dying);
        await FillAsync(context.Control);
        ClientContext.Report(MetricNames.PerSecond, await PublishAsync(context.Control, counters, context.Duration));
    }

    private static async Task FillAsync(ServerControl control)
    {
        var events = 0;
        PublishResult result;
        do
        {
            result = await control.PublishAsync(TimeSpan.FromSeconds(1));
            events += result.Count;
        }
        while (!result.Stalled && events < FillingEvents);
    }

    private static async Task<double> PublishAsync(ServerControl control, EventCounter[] counters, TimeSpan duration)
    {
        await DrainAsync(counters);
        var before = Count(counters);
        var start = Stopwatch.GetTimestamp();
        await control.PublishAsync(duration);
        return (Count(counters) - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // What the buffers of the healthy still hold belongs to the measurement before.
    private static async Task DrainAsync(EventCounter[] counters)
    {
        long seen;
        do
        {
            seen = Count(counters);
            await Task.Delay(Quiet);
        }
        while (Count(counters) != seen);
    }

    private static long Count(EventCounter[] counters) => counters.Sum(counter => counter.Count);
}
