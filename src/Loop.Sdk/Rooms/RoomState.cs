namespace Loop.Sdk.Rooms;

/// <summary>Where a <see cref="Room"/> stands.</summary>
public enum RoomState
{
    /// <summary>Followed by its owner, who is not in it.</summary>
    Open,

    /// <summary>In the room.</summary>
    Joined,

    /// <summary>The session was lost, or the participation ended: it is being joined again.</summary>
    Rejoining,

    /// <summary>Left, disposed of, or over: <see cref="Room.Ended"/> says why. It never leaves this state.</summary>
    Ended,
}
