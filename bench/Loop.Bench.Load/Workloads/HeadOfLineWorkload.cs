using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>Small calls beside a large payload that is moved again and again on the same session.</summary>
internal sealed class HeadOfLineWorkload(string name, int bytes, Func<ITransferConnection, ReadOnlyMemory<byte>, Task> transfer) : IWorkload
{
    private const double Mega = 1_000_000;

    public string Name => name;

    public async Task RunAsync(ClientContext context)
    {
        var payload = new byte[bytes];
        Random.Shared.NextBytes(payload);
        await using var connection = await context.ConnectAsync<ITransferConnection>();
        await TransferAsync(connection, payload, context.Warmup);

        var ended = false;
        var recorder = new LatencyRecorder();
        var pinging = recorder.RecordAsync(connection, () => Volatile.Read(ref ended));
        var megabytesPerSecond = await TransferAsync(connection, payload, context.Duration);
        Volatile.Write(ref ended, true);
        await pinging;
        ClientContext.Report(MetricNames.PingP99, recorder.GetPercentile(99));
        ClientContext.Report(MetricNames.MegabytesPerSecond, megabytesPerSecond);
    }

    private async Task<double> TransferAsync(ITransferConnection connection, ReadOnlyMemory<byte> payload, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var moved = 0L;
        do
        {
            await transfer(connection, payload);
            moved += payload.Length;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);

        return moved / Mega / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
