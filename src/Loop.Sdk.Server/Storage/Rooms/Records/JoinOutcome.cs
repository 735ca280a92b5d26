namespace Loop.Sdk.Server.Storage;

/// <summary>How an attempt to join ended.</summary>
public enum JoinOutcome
{
    /// <summary>Joined.</summary>
    Joined,

    /// <summary>There is no such room, or it has expired.</summary>
    NotFound,

    /// <summary>No seat is free; one is kept for the owner.</summary>
    Full,

    /// <summary>More are in the room than the one who joins can be with.</summary>
    TooManyForClient,

    /// <summary>The room is locked.</summary>
    Locked,

    /// <summary>The participation's id is taken.</summary>
    Conflict,

    /// <summary>The user was barred from the room.</summary>
    Barred,

    /// <summary>The announced member id is somebody else's.</summary>
    MemberTaken,

    /// <summary>The announcement is not newer than the one that is there.</summary>
    MemberStale,

    /// <summary>There are as many announcements as may be.</summary>
    MembersFull,

    /// <summary>The announcement is of another epoch than the room.</summary>
    StaleEpoch,
}
