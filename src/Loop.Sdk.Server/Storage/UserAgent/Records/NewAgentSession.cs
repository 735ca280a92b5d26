namespace Loop.Sdk.Server.Storage;

/// <summary>A session of a user agent to be started.</summary>
public sealed record NewAgentSession
{
    /// <summary>Makes the write one that can be repeated, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The group that it belongs to, or null.</summary>
    public long? Scope { get; init; }

    /// <summary>The session that it came from, or null.</summary>
    public long? Ancestor { get; init; }

    /// <summary>Why it begins, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When it begins.</summary>
    public required long StartedAt { get; init; }

    /// <summary>How many sessions of the account may be open.</summary>
    public int MaxOpen { get; init; } = int.MaxValue;
}
