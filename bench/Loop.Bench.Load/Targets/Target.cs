using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Targets;

/// <summary>Something to measure: a name, its two halves, and the workloads in which its figures mean something.</summary>
internal sealed record Target(string Name, Func<IServerTarget> CreateServer, Func<IClientTarget> CreateClient, IReadOnlyList<string> Workloads)
{
    public bool IsInQuickRun { get; init; }
}
