namespace Loop.Sdk.Server.Storage;

/// <summary>What has expired.</summary>
public sealed record PushSweep
{
    /// <summary>The time: messages and receipt subscriptions that expire until now have expired.</summary>
    public required long Now { get; init; }

    /// <summary>Agents that were last seen before this have expired.</summary>
    public required long AgentsBefore { get; init; }

    /// <summary>Endpoints that went before this are no longer remembered.</summary>
    public required long GoneBefore { get; init; }

    /// <summary>How many of each kind to remove at most, 1 to 1 000.</summary>
    public required int Limit { get; init; }
}
