namespace Loop.Sdk.Rooms;

/// <summary>A change of a room. What is null stays as it is; an empty text removes the value.</summary>
public sealed record UpdateRoom
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The version that the room must have, or null if any will do.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>How many may be in the room: 1 to the server's limit. Nobody has to leave.</summary>
    public int? MaxSize { get; init; }

    /// <summary>After how many seconds from now the room expires, as in <see cref="CreateRoom.ExpiresInSeconds"/>. 0: after the server's limit, prolonged when somebody joins.</summary>
    public long? ExpiresInSeconds { get; init; }

    /// <summary>Locks the room, so that only those who are in it, and the owner, may join; or opens it again.</summary>
    public bool? Locked { get; init; }

    /// <summary>The name in clear, for rooms without a context. At most 100 characters, without control characters.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's name in clear. At most 255 characters, without control characters.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The sealed context, of a higher version than the one it replaces. It takes the name in clear away.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The room's key as the owner wrapped it. At most 1024 characters.</summary>
    public string? WrappedKey { get; init; }
}
