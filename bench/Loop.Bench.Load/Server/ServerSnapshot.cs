namespace Loop.Bench.Load.Server;

/// <summary>The server process: bytes allocated since the start, resident bytes, live managed bytes, and the time it kept cores busy.</summary>
internal sealed record ServerSnapshot(long AllocatedBytes, long ResidentBytes, long ManagedBytes, double CpuMilliseconds);
