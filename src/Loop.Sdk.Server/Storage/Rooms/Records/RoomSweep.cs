namespace Loop.Sdk.Server.Storage;

/// <summary>What a sweep removes.</summary>
public sealed record RoomSweep
{
    /// <summary>The time, ms since 1970: what expires then or before is removed.</summary>
    public required long Now { get; init; }

    /// <summary>Tombstones from before this time, ms since 1970, are removed.</summary>
    public required long TombstonesBefore { get; init; }

    /// <summary>How many tombstones are kept for an owner at most.</summary>
    public int MaxTombstones { get; init; } = 10_000;

    /// <summary>How many of each kind are removed in one call, 1 to 10 000.</summary>
    public int Limit { get; init; } = 500;
}
