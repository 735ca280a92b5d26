using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>One stream from server to client.</summary>
internal sealed class StreamWorkload<T>(string name, Func<T, TimeSpan, Task<long>> read) : IWorkload
    where T : class, IClientConnection
{
    public string Name => name;

    public async Task RunAsync(ClientContext context)
    {
        await using var connection = await context.ConnectAsync<T>();
        await read(connection, context.Warmup);

        var meter = await AllocationMeter.StartAsync(context.Control);
        var start = Stopwatch.GetTimestamp();
        var items = await read(connection, context.Duration);
        ClientContext.Report(MetricNames.PerSecond, items / Stopwatch.GetElapsedTime(start).TotalSeconds);
        await meter.ReportAsync(items);
    }
}
