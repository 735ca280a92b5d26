using Loop.Bench.Load.Targets;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Client;

/// <summary>The client process: runs one workload once against one server, and prints its metrics.</summary>
internal static class ClientProgram
{
    public static async Task<int> RunAsync(string workload, string target, int port, RunTimes times)
    {
        using var context = new ClientContext(TargetRegistry.Get(target), port, times);
        await WorkloadRegistry.Get(workload).RunAsync(context);
        return 0;
    }
}
