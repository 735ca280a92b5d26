namespace Loop.Sdk.UserAgent;

/// <summary>A session: one browsing context, such as a tab.</summary>
public sealed record AgentSession
{
    /// <summary>The session's number in its account.</summary>
    public required long Id { get; init; }

    /// <summary>The group of sessions that it belongs to, such as a window, or null.</summary>
    public long? Scope { get; init; }

    /// <summary>The session that it came from, or null.</summary>
    public long? Ancestor { get; init; }

    /// <summary>Why it began, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
