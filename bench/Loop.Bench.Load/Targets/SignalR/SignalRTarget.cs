using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>
/// SignalR over WebSockets without negotiation, with the JSON protocol and source-generated JSON on both sides.
/// Its stateful form adds resumption, which needs negotiation, and its chunked form moves large payloads as streams.
/// </summary>
internal static class SignalRTarget
{
    // The default of 100 kB stalls a busy sender until the next acknowledgement.
    public const int StatefulBufferSize = 64 * 1024 * 1024;

    private static readonly string[] LargeWorkloads = [WorkloadNames.HeadOfLineUp, WorkloadNames.HeadOfLineDown];

    public static Target Create() => new(
        "signalr",
        CreateServer,
        () => new SignalRClientTarget(new SignalROptions()),
        WorkloadNames.Compared) { IsInQuickRun = true };

    // Idle costs the same until a session has been used, and latency is the plain target's.
    public static Target CreateStateful() => new(
        "signalr-stateful",
        CreateServer,
        () => new SignalRClientTarget(new SignalROptions { IsStateful = true }),
        [WorkloadNames.Pipe1, WorkloadNames.Stream, WorkloadNames.Push, WorkloadNames.Storm, WorkloadNames.StormTraffic]);

    public static Target CreateChunked() => new(
        "signalr-chunked",
        CreateServer,
        () => new SignalRClientTarget(new SignalROptions { IsChunked = true }),
        LargeWorkloads);

    private static SignalRServerTarget CreateServer(string workload) => new(LargeWorkloads.Contains(workload));
}
