namespace Loop.Bench.Load.Server;

/// <summary>The server process's memory: bytes allocated since the start, resident bytes, live managed bytes.</summary>
internal sealed record ServerSnapshot(long AllocatedBytes, long ResidentBytes, long ManagedBytes);
