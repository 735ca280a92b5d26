using System.Text.Json.Nodes;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.DataChannels;

/// <summary>One round of a target: two fresh processes, connected to each other on loopback, or over a link that loses and delays; or one process with many connections to itself.</summary>
internal static class ConnectionRound
{
    private const int Opens = 10;
    private const int Large = 16 * 1024;
    private const int Small = 100;
    private const int Pings = 2000;
    private const int IdleConnections = 200;

    /// <summary>Two rounds of the checks by which the ends of a connection keep it alive.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    /// <summary>Until they are open, and until what they do now and then is compiled.</summary>
    private static readonly TimeSpan OpeningTime = TimeSpan.FromSeconds(30);

    public static bool Is(string workload) => workload is WorkloadNames.DataChannel or WorkloadNames.DataChannelLossy or WorkloadNames.DataChannelIdle;

    public static Task<IReadOnlyDictionary<string, double>> RunAsync(string workload, string target, RunTimes times) => workload switch
    {
        WorkloadNames.DataChannelLossy => RunLossyAsync(target, times),
        WorkloadNames.DataChannelIdle => RunIdleAsync(target),
        _ => RunAsync(target, times),
    };

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync(string target, RunTimes times)
    {
        await using var pair = new EndPair(target);
        var opens = new List<double>();
        for (var index = 0; index < Opens; index++)
        {
            opens.Add(await pair.ConnectAsync());
        }

        opens.Sort();
        await pair.SendAsync(Large, times.Warmup);
        var large = await pair.SendAsync(Large, times.Measured);
        await pair.SendAsync(Small, times.Warmup);
        var small = await pair.SendAsync(Small, times.Measured);
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.MegabytesPerSecond] = large.BytesPerSecond / 1e6,
            [MetricNames.SmallPerSecond] = small.MessagesPerSecond,
            [MetricNames.PingP50] = await pair.PingAsync(Small, Pings),
            [MetricNames.OpenMilliseconds] = opens[Opens / 2],
        };
        if (large.AllocatedPerByte > 0)
        {
            metrics[MetricNames.AllocatedPerByte] = large.AllocatedPerByte;
        }

        return metrics;
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunLossyAsync(string target, RunTimes times)
    {
        await using var pair = new EndPair(target);
        using var link = new LossyLink();
        await pair.ConnectAsync(link);
        await pair.SendAsync(Large, times.Warmup);
        return new Dictionary<string, double> { [MetricNames.MegabytesPerSecond] = (await pair.SendAsync(Large, times.Measured)).BytesPerSecond / 1e6 };
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunIdleAsync(string target)
    {
        var end = Ends.Start(target, "The process");
        await using var group = new EndGroup(end);
        var arguments = new JsonObject { ["connections"] = IdleConnections, ["seconds"] = IdleTime.TotalSeconds };
        var idle = await group.StepAsync(OpeningTime + IdleTime, patience => end.CallAsync("idle", arguments, patience));
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.KilobytesPerConnection] = idle.GetProperty("bytes").GetDouble() / IdleConnections / 1024,
            [MetricNames.CpuPerConnectionSecond] = idle.GetProperty("cpu").GetDouble() / IdleConnections / IdleTime.TotalSeconds,
        };
        if (idle.TryGetProperty("managed", out var managed))
        {
            metrics[MetricNames.ManagedPerConnection] = managed.GetDouble() / IdleConnections / 1024;
        }

        return metrics;
    }
}
