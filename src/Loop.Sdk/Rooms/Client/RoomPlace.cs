namespace Loop.Sdk.Rooms;

/// <summary>That a room is open, or being opened.</summary>
internal sealed class RoomPlace(string token)
{
    public string Token => token;

    /// <summary>The room, once it is open.</summary>
    public OpenRoom? Room { get; set; }
}
