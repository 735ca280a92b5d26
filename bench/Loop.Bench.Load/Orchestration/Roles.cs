namespace Loop.Bench.Load.Orchestration;

/// <summary>The first argument of a child process.</summary>
internal static class Roles
{
    public const string Server = "server";
    public const string Client = "client";
    public const string End = "end";
    public const string Prepare = "prepare";
}
