namespace Loop.Sdk.UserAgent;

/// <summary>A page's text as it was captured.</summary>
public sealed record PageCapture
{
    /// <summary>The page's title, at most 4 KiB, or null.</summary>
    public string? Title { get; init; }

    /// <summary>A short text to show, at most 16 KiB, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>The page's text without mark-up, at most 1 MiB of UTF-8 and not empty.</summary>
    public required string Text { get; init; }
}
