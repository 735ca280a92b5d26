namespace Loop.Sdk.Server.Storage;

/// <summary>A room.</summary>
public sealed record RoomRecord
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The owner's account.</summary>
    public required string Owner { get; init; }

    /// <summary>The offset of its last change in the owner's feed.</summary>
    public required long Offset { get; init; }

    /// <summary>1 when created, and one more with each update, rotation and transfer; joining and leaving do not count.</summary>
    public required long Version { get; init; }

    /// <summary>When it was created, ms since 1970.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it or its participants changed last, ms since 1970.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>When it expires, ms since 1970.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Whether it expires then whoever joins.</summary>
    public bool FixedExpiry { get; init; }

    /// <summary>How many may be in it.</summary>
    public required int MaxSize { get; init; }

    /// <summary>Whether only those who are in it, and the owner, may join.</summary>
    public required bool Locked { get; init; }

    /// <summary>The name in clear, of rooms without a context.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's display name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The distribution channel of the client that created it.</summary>
    public string? Channel { get; init; }

    /// <summary>The sealed context.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The room's key as the owner wrapped it.</summary>
    public string? WrappedKey { get; init; }

    /// <summary>The key's epoch; 0 if the room has no epochs.</summary>
    public required int Epoch { get; init; }
}
