namespace Loop.Sdk.Feeds;

/// <summary>What a subscriber is to do next.</summary>
internal enum FeedStepKind
{
    /// <summary>Nothing: it has everything.</summary>
    Idle,

    /// <summary>End: it has everything, and nothing more comes.</summary>
    End,

    /// <summary>Wait for what the store has: what is missing is in no history.</summary>
    Fetch,

    Resumed,

    Snapshot,

    Change,
}
