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
}
