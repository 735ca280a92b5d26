namespace Loop.Sdk.WebRtc.Ice;

/// <summary>The times and bounds of the agent; times in microseconds.</summary>
internal static class IceTiming
{
    /// <summary>Between two checks of an agent, to whichever pair (RFC 8445, section 14.2: no less than this).</summary>
    public const long Pace = 5_000;

    /// <summary>How long a first check waits for its answer before another is sent; doubled three times at most. The RFC proposes 500 ms, which one lost packet would cost every connection.</summary>
    public const long FirstRetry = 200_000;

    public const int MaxDoublings = 3;

    /// <summary>How many checks of a pair may stay unanswered before it has failed: about 8 s.</summary>
    public const int MaxChecks = 7;

    /// <summary>Between answered checks of the path in use, give or take a fifth (RFC 7675, section 5.1).</summary>
    public const long Consent = 5_000_000;

    /// <summary>Between checks of the path in use while they are not answered.</summary>
    public const long Unanswered = 1_000_000;

    /// <summary>How long the peer's consent lasts after an answer.</summary>
    public const long ConsentLifetime = 30_000_000;

    /// <summary>Between checks of paths that work and are not in use, which keeps NATs open for them.</summary>
    public const long KeepAlive = 15_000_000;

    /// <summary>How long the path in use may be silent before others are tried.</summary>
    public const long Suspicion = 2_000_000;

    /// <summary>How long the path in use may be silent before the agent is disconnected.</summary>
    public const long Disconnected = 5_000_000;

    /// <summary>How long a direct path that works waits for a better one that is still being checked.</summary>
    public const long DirectPatience = 20_000;

    /// <summary>How long a path through a relay that works waits for a better one.</summary>
    public const long RelayPatience = 500_000;

    /// <summary>For how long nominations of several pairs count as one decision, of which the best counts.</summary>
    public const long NominationSettles = 1_000_000;

    /// <summary>How long at least the peer is waited for, even if every pair has failed (RFC 8863).</summary>
    public const long Patience = 10_000_000;

    /// <summary>How long at most a path is looked for.</summary>
    public const long Timeout = 30_000_000;

    /// <summary>For how long data over the path of before a restart is still taken.</summary>
    public const long Retirement = 10_000_000;

    public const int MaxLocalCandidates = 32;

    public const int MaxRemoteCandidates = 64;

    public const int MaxPairs = 128;

    public const int MaxResponses = 64;
}
