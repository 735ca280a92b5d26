namespace Loop.Bench.Load.Server;

/// <summary>What the server process prints for its parent.</summary>
internal static class ServerOutput
{
    public const string Port = "PORT ";
}
