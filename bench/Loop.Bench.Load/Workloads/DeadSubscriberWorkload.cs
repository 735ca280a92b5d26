using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>A fan-out in which one subscriber stops reading: what the others still get.</summary>
internal sealed class DeadSubscriberWorkload(int subscribers) : IWorkload
{
    // Long enough to fill every buffer on the way to the one that is dead.
    private static readonly TimeSpan Filling = TimeSpan.FromSeconds(4);

    public string Name => WorkloadNames.DeadSubscriber;

    public async Task RunAsync(ClientContext context)
    {
        var healthy = await context.ConnectManyAsync<IEventConnection>(subscribers - 1);
        SocketConnector.UseSmallReceiveBuffers();
        var dying = await context.ConnectAsync<IPausableConnection>();
        var counters = healthy.Select(_ => new EventCounter()).ToArray();
        await dying.SubscribeAsync(_ => { });
        await Task.WhenAll(healthy.Zip(counters, (connection, counter) => connection.SubscribeAsync(counter.Receive)));

        await PublishAsync(context.Control, counters, context.Warmup);
        ClientContext.Report(MetricNames.HealthyPerSecond, await PublishAsync(context.Control, counters, context.Duration));
        dying.StopReading();
        await PublishAsync(context.Control, counters, Filling);
        ClientContext.Report(MetricNames.PerSecond, await PublishAsync(context.Control, counters, context.Duration));
    }

    private static async Task<double> PublishAsync(ServerControl control, EventCounter[] counters, TimeSpan duration)
    {
        var before = counters.Sum(counter => counter.Count);
        await control.PublishAsync(duration);
        return (counters.Sum(counter => counter.Count) - before) / duration.TotalSeconds;
    }
}
