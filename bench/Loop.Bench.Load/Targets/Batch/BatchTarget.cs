using Loop.Bench.Load.Targets.Framed;
using Loop.Bench.Load.Wire;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Batch;

/// <summary>Raw bytes again, many per WebSocket message. Where nothing queues up it is raw, so only throughput is of interest.</summary>
internal static class BatchTarget
{
    public static Target Create() => new(
        "batch",
        _ => new FramedServerTarget(socket => new CoalescingChannel(socket)),
        () => new FramedClientTarget(socket => new CoalescingChannel(socket)),
        [WorkloadNames.Pipe1, WorkloadNames.Pipe8, WorkloadNames.Stream, WorkloadNames.StreamBytes, WorkloadNames.Push, WorkloadNames.Fanout]);
}
