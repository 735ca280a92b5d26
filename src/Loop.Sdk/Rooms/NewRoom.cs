using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>A room to be created.</summary>
public sealed record NewRoom
{
    /// <summary>What the room is about; null for a context without anything in it.</summary>
    public RoomContext? Context { get; init; }

    /// <summary>How many may be in the room, the owner included: 1 to the server's limit. Null (default): the server's limit.</summary>
    public int? MaxSize { get; init; }

    /// <summary>After how long the room expires, at least a second, whoever joins. Null (default): after the server's limit, and later each time somebody joins.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether only the owner may join at first.</summary>
    public bool Locked { get; init; }
}
