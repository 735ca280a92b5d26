using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>This library as an application uses it: the public API, with resume on, as always.</summary>
internal static class LoopTarget
{
    public static Target Create() => new("loop", _ => new LoopServerTarget(), () => new LoopClientTarget(), WorkloadNames.All) { IsInQuickRun = true };
}
