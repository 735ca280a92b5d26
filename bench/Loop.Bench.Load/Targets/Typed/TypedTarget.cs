using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>The batch target with call ids and source-generated JSON, by hand: the floor of anything typed.</summary>
internal static class TypedTarget
{
    public static Target Create() => new(
        "typed",
        _ => new TypedServerTarget(),
        () => new TypedClientTarget(),
        [WorkloadNames.Latency, WorkloadNames.Pipe1, WorkloadNames.Pipe8, WorkloadNames.Stream, WorkloadNames.Push, WorkloadNames.Fanout]) { IsInQuickRun = true };
}
