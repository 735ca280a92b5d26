using Loop.Bench.Load.DataChannels;
using Loop.Bench.Load.Targets.Bare;
using Loop.Bench.Load.Targets.Batch;
using Loop.Bench.Load.Targets.Loop;
using Loop.Bench.Load.Targets.Raw;
using Loop.Bench.Load.Targets.SignalR;
using Loop.Bench.Load.Targets.Typed;

namespace Loop.Bench.Load.Targets;

/// <summary>All targets, in the order of the report's columns.</summary>
internal static class TargetRegistry
{
    public static IReadOnlyList<Target> All { get; } =
    [
        RawTarget.Create(),
        BatchTarget.Create(),
        TypedTarget.Create(),
        LoopTarget.Create(),
        LoopTarget.CreateInMemory(),
        SignalRTarget.Create(),
        SignalRTarget.CreateStateful(),
        SignalRTarget.CreateChunked(),
        LibdatachannelTarget.Create(),
        BareTarget.Create(),
    ];

    public static Target Get(string name) =>
        All.FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"There is no target '{name}'.");
}
