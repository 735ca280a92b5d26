using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>The storm again while every session receives numbered events: which are lost, and which come twice.</summary>
internal sealed class StormTrafficWorkload(int sessions, int eventsPerSecond) : IWorkload
{
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(5);

    public string Name => WorkloadNames.StormTraffic;

    public async Task RunAsync(ClientContext context)
    {
        var connections = await context.ConnectManyAsync<IEventConnection>(sessions);
        var counters = connections.Select(_ => new SequenceCounter()).ToArray();
        await Task.WhenAll(connections.Zip(counters, (connection, counter) => connection.SubscribeAsync(counter.Receive)));

        var publishing = context.Control.PublishAsync(Lead + Tail, eventsPerSecond);
        await Task.Delay(Lead);
        ClientContext.Report(MetricNames.AllBack, await StormWorkload.CutAsync(context.Control, [.. connections.Cast<IRecoverableConnection>()]));
        var published = (await publishing).Count;

        // What is still on its way is not lost.
        await Task.Delay(Lead);
        ClientContext.Report(MetricNames.Lost, counters.Sum(counter => counter.CountLost(published)));
        ClientContext.Report(MetricNames.Doubled, counters.Sum(counter => counter.Doubled));
    }
}
