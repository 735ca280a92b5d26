namespace Loop.Sdk.WebRtc;

/// <summary>A page that is shared, as <see cref="TextMessage.ExtraData"/> of a <see cref="TextTypes.ContextTile"/>.</summary>
public sealed record ContextTile
{
    /// <summary>The page's address.</summary>
    public required string NewRoomURL { get; init; }

    /// <summary>The page's icon as a data URI, or null.</summary>
    public string? NewRoomThumbnail { get; init; }

    /// <summary>The room's token, as Hello's clients send it; null if it is not said.</summary>
    public string? RoomToken { get; init; }
}
