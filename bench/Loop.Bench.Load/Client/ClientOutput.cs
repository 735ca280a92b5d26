namespace Loop.Bench.Load.Client;

/// <summary>What the client process prints for its parent.</summary>
internal static class ClientOutput
{
    public const string Metric = "METRIC ";
}
