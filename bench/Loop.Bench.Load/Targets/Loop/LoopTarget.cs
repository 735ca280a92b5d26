using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>This library as an application uses it: the public API, with resume on, as always.</summary>
internal static class LoopTarget
{
    public static Target Create() => new("loop", RoomsSetup.CreateOnFile, () => new LoopClientTarget(), WorkloadNames.All) { IsInQuickRun = true };

    /// <summary>With rooms in memory: what the file costs.</summary>
    public static Target CreateInMemory() => new("loop-memory", RoomsSetup.CreateInMemory, () => new LoopClientTarget(), [WorkloadNames.Rooms]);
}
