using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Workloads;

/// <summary>One kind of load, the same for every target.</summary>
internal interface IWorkload
{
    string Name { get; }

    Task RunAsync(ClientContext context);
}
