namespace Loop.Sdk.UserAgent;

/// <summary>A page that was found.</summary>
public sealed record FoundPage
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, as somebody wrote it: not escaped. Null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>A part of the page's text as HTML: escaped, with nothing but <c>b</c> elements around what was found. Null if no text is kept.</summary>
    public string? Snippet { get; init; }

    /// <summary>The excerpt of the page that was kept, not escaped, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>When it was visited or kept last; null for a page that was only starred.</summary>
    public DateTimeOffset? LastVisitedAt { get; init; }
}
