using Loop.Bench.Load.Targets.Framed;
using Loop.Bench.Load.Wire;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Targets.Raw;

/// <summary>Kestrel and ClientWebSocket with one message per payload, nothing else: the floor of the transport.</summary>
internal static class RawTarget
{
    public static Target Create() => new(
        "raw",
        _ => new FramedServerTarget(socket => new MessageChannel(socket)),
        () => new FramedClientTarget(socket => new MessageChannel(socket)),
        WorkloadNames.Compared) { IsInQuickRun = true };
}
