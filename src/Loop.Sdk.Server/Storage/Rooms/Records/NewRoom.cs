namespace Loop.Sdk.Server.Storage;

/// <summary>A room to be created.</summary>
public sealed record NewRoom
{
    /// <summary>The room's token: the name in its link.</summary>
    public required string Token { get; init; }

    /// <summary>The owner's account.</summary>
    public required string Owner { get; init; }

    /// <summary>When it is created, ms since 1970.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it expires, ms since 1970.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Whether it expires then whoever joins.</summary>
    public bool FixedExpiry { get; init; }

    /// <summary>How many rooms its owner may have, this one included, at least 1.</summary>
    public int OwnerLimit { get; init; } = int.MaxValue;

    /// <summary>How many may be in it, at least 1.</summary>
    public required int MaxSize { get; init; }

    /// <summary>Whether only those who are in it, and the owner, may join.</summary>
    public bool Locked { get; init; }

    /// <summary>The name in clear, of rooms without a context.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's display name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The distribution channel of the client that created it.</summary>
    public string? Channel { get; init; }

    /// <summary>The sealed context, if there is one.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The room's key as the owner wrapped it.</summary>
    public string? WrappedKey { get; init; }

    /// <summary>The key's epoch, from 1; 0 if the room has no epochs.</summary>
    public int Epoch { get; init; }
}
