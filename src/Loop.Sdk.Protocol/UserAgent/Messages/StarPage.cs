namespace Loop.Sdk.UserAgent;

/// <summary>A page to be starred, or to lose its star.</summary>
public sealed record StarPage
{
    /// <summary>What makes the call one that can be repeated: see <see cref="StartAgentSession.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The address: see <see cref="AddVisit.Url"/>.</summary>
    public required string Url { get; init; }

    /// <summary>The session in which it happens, which must be open.</summary>
    public required long Session { get; init; }

    /// <summary>The page's title, at most 4 KiB; null if it is not known, which leaves the last one that was.</summary>
    public string? Title { get; init; }
}
