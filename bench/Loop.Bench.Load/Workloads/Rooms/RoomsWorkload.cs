using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>Rooms over their contracts, with payloads that look sealed: what the server and the channel take, without the clients' cryptography.</summary>
/// <param name="rooms">How many an owner lists.</param>
/// <param name="writers">How many write into one timeline.</param>
/// <param name="readers">How many follow it.</param>
internal sealed class RoomsWorkload(int rooms, int writers, int readers) : IWorkload
{
    public string Name => WorkloadNames.Rooms;

    public async Task RunAsync(ClientContext context)
    {
        await JoinMeasure.RunAsync(context);
        await ListMeasure.RunAsync(context, rooms);
        await TimelineMeasure.RunAsync(context, writers, readers);
    }
}
