using System.Text.Json.Nodes;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.DataChannels;

/// <summary>One round: two fresh processes of one target, connected to each other on loopback, or over a link that loses and delays.</summary>
internal static class ConnectionRound
{
    private const int Opens = 10;
    private const int Large = 16 * 1024;
    private const int Small = 100;
    private const int Pings = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static bool Is(string workload) => workload is WorkloadNames.DataChannel or WorkloadNames.DataChannelLossy;

    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(string workload, string target, RunTimes times)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var one = Ends.Start(target);
        await using var other = Ends.Start(target);
        if (workload == WorkloadNames.DataChannelLossy)
        {
            using var link = new LossyLink();
            await ConnectAsync(one, other, link, patience.Token);
            return new Dictionary<string, double> { [MetricNames.MegabytesPerSecond] = (await SendAsync(one, other, Large, times.Measured, patience.Token)).BytesPerSecond / 1e6 };
        }

        var opens = new List<double>();
        for (var index = 0; index < Opens; index++)
        {
            opens.Add(await ConnectAsync(one, other, link: null, patience.Token));
        }

        opens.Sort();
        await SendAsync(one, other, Large, times.Warmup, patience.Token);
        var large = await SendAsync(one, other, Large, times.Measured, patience.Token);
        await SendAsync(one, other, Small, times.Warmup, patience.Token);
        var small = await SendAsync(one, other, Small, times.Measured, patience.Token);
        await other.CallAsync("echo", cancellationToken: patience.Token);
        var ping = await one.CallAsync("ping", new JsonObject { ["size"] = Small, ["rounds"] = Pings }, patience.Token);
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.MegabytesPerSecond] = large.BytesPerSecond / 1e6,
            [MetricNames.SmallPerSecond] = small.MessagesPerSecond,
            [MetricNames.PingP50] = ping.GetDouble(),
            [MetricNames.OpenMilliseconds] = opens[Opens / 2],
        };
        if (large.AllocatedPerByte > 0)
        {
            metrics[MetricNames.AllocatedPerByte] = large.AllocatedPerByte;
        }

        return metrics;
    }

    private static async Task<double> ConnectAsync(EndProcess one, EndProcess other, LossyLink? link, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var offer = (await one.CallAsync("offer", cancellationToken: cancellationToken)).GetString()!;
        var answer = (await other.CallAsync("answer", Sdp(link?.StandInForOne(offer) ?? offer), cancellationToken)).GetString()!;
        await one.CallAsync("accept", Sdp(link?.StandInForOther(answer) ?? answer), cancellationToken);
        await Task.WhenAll(one.CallAsync("open", cancellationToken: cancellationToken), other.CallAsync("open", cancellationToken: cancellationToken));
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static JsonObject Sdp(string sdp) => new() { ["sdp"] = sdp };

    private static async Task<(double BytesPerSecond, double MessagesPerSecond, double AllocatedPerByte)> SendAsync(
        EndProcess one, EndProcess other, int size, TimeSpan duration, CancellationToken cancellationToken)
    {
        await other.CallAsync("count", cancellationToken: cancellationToken);
        var counting = other.CallAsync("counted", cancellationToken: cancellationToken);
        var sent = await one.CallAsync("send", new JsonObject { ["size"] = size, ["seconds"] = duration.TotalSeconds }, cancellationToken);
        var counted = await counting;
        var seconds = counted.GetProperty("seconds").GetDouble();
        var bytes = counted.GetProperty("bytes").GetDouble();
        var allocated = sent.GetProperty("allocated").GetDouble() + counted.GetProperty("allocated").GetDouble();
        return (bytes / seconds, counted.GetProperty("messages").GetDouble() / seconds, allocated / bytes);
    }
}
