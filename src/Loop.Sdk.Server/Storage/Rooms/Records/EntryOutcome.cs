namespace Loop.Sdk.Server.Storage;

/// <summary>How a write to a timeline ended.</summary>
public enum EntryOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It had been done before: nothing was changed.</summary>
    AlreadyDone,

    /// <summary>There is no such room, or no such entry.</summary>
    NotFound,

    /// <summary>The entry has another version than expected, or was deleted: nothing was changed.</summary>
    Conflict,
}
