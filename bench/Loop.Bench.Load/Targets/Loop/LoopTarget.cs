using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>This library as an application uses it: the public API, with resume on, as always.</summary>
internal static class LoopTarget
{
    public const string MemoryName = "loop-memory";

    public static Target Create() => new("loop", CreateServer, () => new LoopClientTarget(), WorkloadNames.All) { IsInQuickRun = true };

    /// <summary>With everything in memory: what the file costs.</summary>
    public static Target CreateInMemory() => new(MemoryName, CreateMemoryServer, () => new LoopClientTarget(), [WorkloadNames.Rooms, WorkloadNames.WebPush, WorkloadNames.LoopApi]);

    private static LoopServerTarget CreateServer(string workload) => workload switch
    {
        WorkloadNames.Rooms => RoomsSetup.CreateOnFile(),
        WorkloadNames.Presence => PresenceSetup.Create(),
        WorkloadNames.WebPush => PushSetup.CreateOnFile(),
        WorkloadNames.UserAgent => UserAgentSetup.CreateOnFile(),
        WorkloadNames.LoopApi => LoopApiSetup.CreateOnFile(),
        _ => new LoopServerTarget(),
    };

    private static LoopServerTarget CreateMemoryServer(string workload) => workload switch
    {
        WorkloadNames.WebPush => PushSetup.CreateInMemory(),
        WorkloadNames.LoopApi => LoopApiSetup.CreateInMemory(),
        _ => RoomsSetup.CreateInMemory(),
    };
}
