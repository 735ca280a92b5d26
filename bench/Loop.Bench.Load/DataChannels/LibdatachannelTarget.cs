using Loop.Bench.Load.Targets;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.DataChannels;

/// <summary>libdatachannel by the npm package <c>node-datachannel</c>: two ends, no client and no server.</summary>
internal static class LibdatachannelTarget
{
    public static Target Create() => new(
        Ends.Libdatachannel,
        static _ => throw new NotSupportedException("Its ends have no server."),
        static () => throw new NotSupportedException("Its ends have no client."),
        [WorkloadNames.DataChannel, WorkloadNames.DataChannelLossy, WorkloadNames.DataChannelIdle]);
}
