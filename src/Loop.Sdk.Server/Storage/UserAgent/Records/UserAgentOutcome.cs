namespace Loop.Sdk.Server.Storage;

/// <summary>What came of a write of a user agent.</summary>
public enum UserAgentOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was done before: its key is known.</summary>
    Repeated,

    /// <summary>The key was used for a write of another kind.</summary>
    KeyConflict,

    /// <summary>There is no such session.</summary>
    SessionNotFound,

    /// <summary>The session has ended.</summary>
    SessionEnded,

    /// <summary>There is no such session to come from.</summary>
    AncestorNotFound,

    /// <summary>There are as many as may be.</summary>
    TooMany,
}
