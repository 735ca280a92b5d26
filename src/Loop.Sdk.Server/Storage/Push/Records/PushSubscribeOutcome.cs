namespace Loop.Sdk.Server.Storage;

/// <summary>What came of subscribing.</summary>
public enum PushSubscribeOutcome
{
    /// <summary>It is kept.</summary>
    Done,

    /// <summary>The channel has one with the same key: it stays as it is.</summary>
    Exists,

    /// <summary>The channel has one with another key.</summary>
    Conflict,

    /// <summary>The agent has as many as it may have.</summary>
    TooMany,

    /// <summary>There is no such agent.</summary>
    AgentGone,
}
