using Loop.Bench.Load.Targets.Loop;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Bare;

/// <summary>Minimal-API endpoints in the same process that answer with the same bytes, out of a dictionary: what HTTP and JSON cost without anything to do.</summary>
internal static class BareTarget
{
    public const string Name = "bare";

    public static Target Create() => new(Name, static _ => LoopApiSetup.CreateInMemory(), static () => new LoopClientTarget(), [WorkloadNames.LoopApi]);
}
