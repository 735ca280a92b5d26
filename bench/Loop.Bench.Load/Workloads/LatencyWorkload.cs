using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>One call at a time on one session.</summary>
internal sealed class LatencyWorkload : IWorkload
{
    public string Name => WorkloadNames.Latency;

    public async Task RunAsync(ClientContext context)
    {
        await using var connection = await context.ConnectAsync<IClientConnection>();
        await RecordAsync(connection, context.Warmup);
        var recorder = await RecordAsync(connection, context.Duration);
        ClientContext.Report(MetricNames.P50, recorder.GetPercentile(50));
        ClientContext.Report(MetricNames.P99, recorder.GetPercentile(99));
    }

    private static async Task<LatencyRecorder> RecordAsync(IClientConnection connection, TimeSpan duration)
    {
        var recorder = new LatencyRecorder();
        var start = Stopwatch.GetTimestamp();
        await recorder.RecordAsync(connection, () => Stopwatch.GetElapsedTime(start) >= duration);
        return recorder;
    }
}
