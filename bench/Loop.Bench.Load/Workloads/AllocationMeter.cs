using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Workloads;

/// <summary>What both processes allocate between two points, per operation.</summary>
internal sealed class AllocationMeter
{
    private readonly ServerControl _control;
    private readonly ServerSnapshot _server;
    private readonly long _client;

    private AllocationMeter(ServerControl control, ServerSnapshot server)
    {
        _control = control;
        _server = server;
        _client = GC.GetTotalAllocatedBytes(precise: true);
    }

    public static async Task<AllocationMeter> StartAsync(ServerControl control) => new(control, await control.GetStatsAsync());

    public async Task ReportAsync(long operations)
    {
        var client = GC.GetTotalAllocatedBytes(precise: true) - _client;
        var server = (await _control.GetStatsAsync()).AllocatedBytes - _server.AllocatedBytes;
        ClientContext.Report(MetricNames.ServerAllocated, (double)server / operations);
        ClientContext.Report(MetricNames.ClientAllocated, (double)client / operations);
    }
}
