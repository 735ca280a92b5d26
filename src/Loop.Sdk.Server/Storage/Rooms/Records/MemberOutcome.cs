namespace Loop.Sdk.Server.Storage;

/// <summary>How an announcement ended.</summary>
public enum MemberOutcome
{
    /// <summary>It was kept.</summary>
    Done,

    /// <summary>It had been kept before: nothing was changed, unless it is another guest's now.</summary>
    AlreadyDone,

    /// <summary>There is no such room.</summary>
    NotFound,

    /// <summary>It is not newer than the one that is there.</summary>
    Stale,

    /// <summary>The id is somebody else's: of an account, or of a guest whose credential counts.</summary>
    Taken,

    /// <summary>The user, or the epoch, has as many announcements as may be.</summary>
    Full,
}
