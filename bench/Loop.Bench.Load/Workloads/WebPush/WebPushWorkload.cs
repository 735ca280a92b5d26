using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>
/// Web Push from the post to the receiver: one message to an application with all its cryptography; as many as can be to many receivers, with bodies that only look sealed, so that the server
/// is measured; and an agent's coming back to what waited.
/// </summary>
/// <param name="receivers">How many are connected.</param>
/// <param name="posters">How many connections post to them.</param>
/// <param name="backlog">How many messages wait, of all agents.</param>
internal sealed class WebPushWorkload(int receivers, int posters, int backlog) : IWorkload
{
    public string Name => WorkloadNames.WebPush;

    public async Task RunAsync(ClientContext context)
    {
        await CallbackMeasure.RunAsync(context);
        await ThroughputMeasure.RunAsync(context, receivers, posters);
        await BacklogMeasure.RunAsync(context, backlog);
    }
}
