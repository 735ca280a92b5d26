namespace Loop.Sdk.Feeds;

/// <summary>What a feed event carries.</summary>
public enum FeedEventKind
{
    /// <summary>The whole state: what was known before is to be replaced.</summary>
    Snapshot,

    /// <summary>One change, the next after the last event's position.</summary>
    Change,

    /// <summary>The subscription goes on without a gap after an interruption; carries nothing else.</summary>
    Resumed,
}
