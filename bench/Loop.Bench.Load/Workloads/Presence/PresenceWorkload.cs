using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>Presence as applications use it: a busy scope that many watch, and everybody coming back at once after an outage.</summary>
/// <param name="members">How many are in the busy scope.</param>
/// <param name="movesPerSecond">How many join it, and how many leave it, each second.</param>
/// <param name="watchers">How many watch it.</param>
/// <param name="stampede">How many sessions come back at once.</param>
internal sealed class PresenceWorkload(int members, int movesPerSecond, int watchers, int stampede) : IWorkload
{
    public string Name => WorkloadNames.Presence;

    public async Task RunAsync(ClientContext context)
    {
        Descriptors.Require(stampede + StampedeMeasure.Watchers);
        var busy = await BusyMeasure.RunAsync(context, members, movesPerSecond, watchers);
        var back = await StampedeMeasure.RunAsync(context, stampede);
        ClientContext.Report(MetricNames.Diverged, busy + back);
    }
}
