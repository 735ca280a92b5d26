namespace Loop.Sdk.UserAgent;

/// <summary>A session to be started.</summary>
public sealed record StartAgentSession
{
    /// <summary>What makes the call one that can be repeated: 1 to 64 visible ASCII characters that the client makes up, such as a UUID.</summary>
    public required string Key { get; init; }

    /// <summary>The group of sessions that it belongs to, such as a window: any number that the client likes; null for none.</summary>
    public long? Scope { get; init; }

    /// <summary>The session that it came from, for example that of the tab with the link; null for none.</summary>
    public long? Ancestor { get; init; }

    /// <summary>Why it begins, for example <c>newTab</c>: 1 to 64 visible ASCII characters, or null.</summary>
    public string? Reason { get; init; }
}
