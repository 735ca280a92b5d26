using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Workloads;

/// <summary>Single events that the server initiates, to one session or to many.</summary>
internal sealed class EventWorkload(string name, int subscribers, Func<ServerControl, TimeSpan, Task<PublishResult>> publish) : IWorkload
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => name;

    public async Task RunAsync(ClientContext context)
    {
        var connections = await context.ConnectManyAsync<IEventConnection>(subscribers);
        var counters = connections.Select(_ => new EventCounter()).ToArray();
        await Task.WhenAll(connections.Zip(counters, (connection, counter) => connection.SubscribeAsync(counter.Receive)));
        await PublishAsync(context.Control, counters, context.Warmup);

        var meter = await AllocationMeter.StartAsync(context.Control);
        var start = Stopwatch.GetTimestamp();
        var deliveries = await PublishAsync(context.Control, counters, context.Duration);
        ClientContext.Report(MetricNames.PerSecond, deliveries / Stopwatch.GetElapsedTime(start).TotalSeconds);
        await meter.ReportAsync(deliveries);
    }

    private async Task<long> PublishAsync(ServerControl control, EventCounter[] counters, TimeSpan duration)
    {
        var before = counters.Sum(counter => counter.Count);
        var result = await publish(control, duration);
        var expected = (long)result.Count * subscribers;
        var waiting = Stopwatch.GetTimestamp();
        long arrived;
        while ((arrived = counters.Sum(counter => counter.Count) - before) < expected)
        {
            if (Stopwatch.GetElapsedTime(waiting) > Patience)
            {
                // A server that takes far more than it can deliver is measured by what it delivered.
                await Console.Error.WriteLineAsync($"NOTE {name}: {arrived} of {expected} events arrived within {Patience.TotalSeconds} s.");
                break;
            }

            await Task.Delay(1);
        }

        return arrived;
    }
}
