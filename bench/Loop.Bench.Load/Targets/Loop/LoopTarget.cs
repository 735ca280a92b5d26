using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>This library as an application uses it: the public API, with resume on, as always.</summary>
internal static class LoopTarget
{
    public static Target Create() => new("loop", CreateServer, () => new LoopClientTarget(), WorkloadNames.All) { IsInQuickRun = true };

    /// <summary>With rooms in memory: what the file costs.</summary>
    public static Target CreateInMemory() => new("loop-memory", RoomsSetup.CreateInMemory, () => new LoopClientTarget(), [WorkloadNames.Rooms]);

    private static LoopServerTarget CreateServer(string workload) => workload == WorkloadNames.Presence ? PresenceSetup.Create() : RoomsSetup.CreateOnFile(workload);
}
