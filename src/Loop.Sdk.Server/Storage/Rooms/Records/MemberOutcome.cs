namespace Loop.Sdk.Server.Storage;

/// <summary>How an announcement ended.</summary>
public enum MemberOutcome
{
    /// <summary>It was kept.</summary>
    Done,

    /// <summary>There is no such room.</summary>
    NotFound,

    /// <summary>It is not newer than the one that is there.</summary>
    Stale,
}
