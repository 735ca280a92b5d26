namespace Loop.Sdk.Server.LoopApi;

internal enum HawkNonceOutcome
{
    /// <summary>It was not there, and is now.</summary>
    New,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>The session has sent too much to remember.</summary>
    TooManyOfSession,

    /// <summary>All sessions together have.</summary>
    TooMany,
}
