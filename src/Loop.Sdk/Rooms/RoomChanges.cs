using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Changes of a room. What is null stays as it is.</summary>
public sealed record RoomChanges
{
    /// <summary>The new context, which takes the place of the whole old one: begin with <see cref="RoomDetails.Context"/> to keep parts of it.</summary>
    public RoomContext? Context { get; init; }

    /// <summary>How many may be in the room: 1 to the server's limit. Nobody has to leave.</summary>
    public int? MaxSize { get; init; }

    /// <summary>After how long the room expires, at least a second, and whoever joins does not prolong it. <see cref="TimeSpan.Zero"/>: after the server's limit, and later each time somebody joins.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Locks the room, so that only those who are in it, and the owner, may join; or opens it again.</summary>
    public bool? Locked { get; init; }

    /// <summary>The <see cref="RoomDetails.Version"/> that the room must have; null if any will do.</summary>
    public long? ExpectedVersion { get; init; }
}
