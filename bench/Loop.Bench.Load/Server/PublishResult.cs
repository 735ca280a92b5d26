namespace Loop.Bench.Load.Server;

/// <summary>How many events the server published, and whether it ended in the middle of one that nobody took.</summary>
internal sealed record PublishResult(int Count, bool Stalled);
