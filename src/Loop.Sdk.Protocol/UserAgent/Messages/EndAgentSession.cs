namespace Loop.Sdk.UserAgent;

/// <summary>A session to be ended.</summary>
public sealed record EndAgentSession
{
    /// <summary>The session's number.</summary>
    public required long Session { get; init; }

    /// <summary>Why it ends, for example <c>tabClosed</c>: 1 to 64 visible ASCII characters, or null.</summary>
    public string? Reason { get; init; }
}
