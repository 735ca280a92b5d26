using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Targets;

/// <summary>
/// Something to measure: a name, its two halves, and the workloads in which its figures mean something. The server is made for
/// one workload, so that each target can have its best settings for it.
/// </summary>
internal sealed record Target(string Name, Func<string, IServerTarget> CreateServer, Func<IClientTarget> CreateClient, IReadOnlyList<string> Workloads)
{
    public bool IsInQuickRun { get; init; }
}
