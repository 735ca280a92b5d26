namespace Loop.Sdk.Server.Storage;

/// <summary>How a write to a room ended.</summary>
public enum RoomOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such room.</summary>
    NotFound,

    /// <summary>The room is not as expected: nothing was done.</summary>
    Conflict,

    /// <summary>The owner has as many rooms as may be: nothing was done.</summary>
    TooMany,
}
