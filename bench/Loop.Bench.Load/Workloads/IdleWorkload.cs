using System.Diagnostics;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>Many sessions that do nothing: what each costs to open and to keep.</summary>
internal sealed class IdleWorkload(int sessions) : IWorkload
{
    private const int WarmupSessions = 500;

    public string Name => WorkloadNames.Idle;

    public async Task RunAsync(ClientContext context)
    {
        Descriptors.Require(sessions);
        foreach (var connection in await context.ConnectManyAsync<IClientConnection>(WarmupSessions))
        {
            await connection.DisposeAsync();
        }

        var serverBefore = await SettleAsync(context);
        var clientBefore = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var connections = await context.ConnectManyAsync<IClientConnection>(sessions);
        ClientContext.Report(MetricNames.ConnectPerSecond, sessions / Stopwatch.GetElapsedTime(start).TotalSeconds);

        var server = await SettleAsync(context) - serverBefore;
        ClientContext.Report(MetricNames.ServerResident, (double)server / sessions);
        ClientContext.Report(MetricNames.ClientManaged, (double)(GC.GetTotalMemory(forceFullCollection: true) - clientBefore) / sessions);
        GC.KeepAlive(connections);
    }

    private static async Task<long> SettleAsync(ClientContext context)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        return (await context.Control.CompactAsync()).ResidentBytes;
    }
}
