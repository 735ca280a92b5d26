namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>What both sides must name alike.</summary>
internal static class HubNames
{
    public const string Path = "/hub";
    public const string Group = "bench";
    public const string Event = "note";
}
