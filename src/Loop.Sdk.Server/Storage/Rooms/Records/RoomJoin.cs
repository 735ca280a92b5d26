namespace Loop.Sdk.Server.Storage;

/// <summary>Somebody who wants to join a room.</summary>
public sealed record RoomJoin
{
    /// <summary>The room's token.</summary>
    public required string Room { get; init; }

    /// <summary>The participation's id, new for each joining.</summary>
    public required string Id { get; init; }

    /// <summary>The account's id, or the guest's.</summary>
    public required string User { get; init; }

    /// <summary>The session or device: joining again from the same one replaces the participation.</summary>
    public required string Session { get; init; }

    /// <summary>The display name; what the client gave, which may be sealed.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>How many the client can be in a room with, itself included, at least 1.</summary>
    public int ClientMaxSize { get; init; } = int.MaxValue;

    /// <summary>When the participation expires, ms since 1970.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Until when the room lasts at least, ms since 1970, unless its expiry is fixed; null leaves it as it is.</summary>
    public long? ExtendRoomTo { get; init; }

    /// <summary>The credential of a new guest, of this room and user, to be kept in the same step; null if there is none, or it is there already.</summary>
    public GuestRecord? Guest { get; init; }

    /// <summary>The announcement of the member who joins, of this room and user, to be kept in the same step.</summary>
    public MemberRecord? Announcement { get; init; }
}
