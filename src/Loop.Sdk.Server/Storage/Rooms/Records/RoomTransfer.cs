namespace Loop.Sdk.Server.Storage;

/// <summary>A new owner of a room.</summary>
public sealed record RoomTransfer
{
    /// <summary>The new owner's account.</summary>
    public required string Owner { get; init; }

    /// <summary>The new owner's display name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The room's key as the new owner wrapped it. The old owner's is removed in any case.</summary>
    public string? WrappedKey { get; init; }

    /// <summary>How many rooms the new owner may have, this one included, at least 1.</summary>
    public int OwnerLimit { get; init; } = int.MaxValue;

    /// <summary>The version that the room must have; null if any will do.</summary>
    public long? ExpectedVersion { get; init; }
}
