namespace Loop.Sdk.Server.Storage;

/// <summary>A change of a room. What is null stays as it is; an empty text removes the value.</summary>
public sealed record RoomUpdate
{
    /// <summary>The version that the room must have; null if any will do.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>When it expires, ms since 1970.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>Whether it expires then whoever joins.</summary>
    public bool? FixedExpiry { get; init; }

    /// <summary>How many may be in it, at least 1. Nobody has to leave.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Whether only those who are in it, and the owner, may join.</summary>
    public bool? Locked { get; init; }

    /// <summary>The name in clear.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's display name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The sealed context. Its version must be higher than that of the one it replaces.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The room's key as the owner wrapped it.</summary>
    public string? WrappedKey { get; init; }
}
