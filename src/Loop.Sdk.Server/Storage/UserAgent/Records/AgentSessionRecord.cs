namespace Loop.Sdk.Server.Storage;

/// <summary>A session of a user agent.</summary>
public sealed record AgentSessionRecord
{
    /// <summary>Its number in the account.</summary>
    public required long Id { get; init; }

    /// <summary>The group that it belongs to, or null.</summary>
    public long? Scope { get; init; }

    /// <summary>The session that it came from, or null.</summary>
    public long? Ancestor { get; init; }

    /// <summary>Why it began, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Why it ended, or null.</summary>
    public string? EndReason { get; init; }

    /// <summary>The offset of its last change.</summary>
    public required long Offset { get; init; }
}
