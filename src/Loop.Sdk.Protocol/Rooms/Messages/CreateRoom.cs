namespace Loop.Sdk.Rooms;

/// <summary>A room to be created.</summary>
public sealed record CreateRoom
{
    /// <summary>A token from <see cref="IRooms.ReserveAsync"/>; null lets the server choose one.</summary>
    public string? Token { get; init; }

    /// <summary>How many may be in the room, the owner included: 1 to the server's limit. Null: as many as the server allows, 8 by default.</summary>
    public int? MaxSize { get; init; }

    /// <summary>
    /// After how many seconds the room expires: 1 to the server's limit, 8 weeks by default. Then nothing prolongs it but <see cref="UpdateRoom.ExpiresInSeconds"/>.
    /// Null: after the server's limit, and as long again each time somebody joins.
    /// </summary>
    public long? ExpiresInSeconds { get; init; }

    /// <summary>Whether only those who are in the room, and the owner, may join.</summary>
    public bool Locked { get; init; }

    /// <summary>The name in clear, for rooms without a context: not both. At most 100 characters, without control characters.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's name in clear, for rooms that do not seal names. At most 255 characters, without control characters.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The sealed context.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The room's key as the owner wrapped it. Only the owner gets it back. At most 1024 characters.</summary>
    public string? WrappedKey { get; init; }

    /// <summary>The key's epoch: 1 or more with <c>loop.v2</c>, 0 for rooms whose keys have no epochs.</summary>
    public int Epoch { get; init; }
}
