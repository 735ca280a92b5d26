namespace Loop.Sdk.Rooms;

/// <summary>How much of a room somebody is shown.</summary>
public enum RoomAccess
{
    /// <summary>What whoever has the token may see.</summary>
    Public,

    /// <summary>What those who are in the room may see.</summary>
    Participant,

    /// <summary>Everything.</summary>
    Owner,
}
