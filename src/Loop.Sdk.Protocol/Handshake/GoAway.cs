namespace Loop.Sdk.Handshake;

/// <summary>The last frame of a connection: why it ends and what to do next.</summary>
internal sealed record GoAway(string Code, Verdict Verdict)
{
    public string? Message { get; init; }

    /// <summary>The client waits a random time up to this long before it connects again.</summary>
    public int RetryAfterMs { get; init; }
}
