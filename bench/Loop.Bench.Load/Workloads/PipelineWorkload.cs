using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>Many calls outstanding at once.</summary>
internal sealed class PipelineWorkload(string name, int connections, int callsPerConnection) : IWorkload
{
    public string Name => name;

    public async Task RunAsync(ClientContext context)
    {
        var sessions = await context.ConnectManyAsync<IClientConnection>(connections);
        var loops = sessions.SelectMany(session => Enumerable.Range(0, callsPerConnection).Select(_ => new CallLoop(session))).ToArray();
        var running = loops.Select(loop => loop.RunAsync()).ToArray();
        await Task.Delay(context.Warmup);

        var meter = await AllocationMeter.StartAsync(context.Control);
        var before = loops.Sum(loop => loop.Calls);
        var start = Stopwatch.GetTimestamp();
        await Task.Delay(context.Duration);
        var calls = loops.Sum(loop => loop.Calls) - before;
        ClientContext.Report(MetricNames.PerSecond, calls / Stopwatch.GetElapsedTime(start).TotalSeconds);
        await meter.ReportAsync(calls);

        foreach (var loop in loops)
        {
            loop.Stop();
        }

        await Task.WhenAll(running);
    }
}
