namespace Loop.Sdk.UserAgent;

/// <summary>A page whose text is to be kept.</summary>
public sealed record SavePage
{
    /// <summary>What makes the call one that can be repeated: see <see cref="StartAgentSession.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The address: see <see cref="AddVisit.Url"/>.</summary>
    public required string Url { get; init; }

    /// <summary>The session in which it was captured, which must be open.</summary>
    public required long Session { get; init; }

    /// <summary>The page's title, at most 4 KiB, or null.</summary>
    public string? Title { get; init; }

    /// <summary>A short text to show, at most 16 KiB, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>The page's text without mark-up, at most 1 MiB of UTF-8 and not empty.</summary>
    public required string Text { get; init; }
}
