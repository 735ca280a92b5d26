namespace Loop.Sdk.UserAgent;

/// <summary>A place that was visited.</summary>
public sealed record VisitedPlace
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, as somebody wrote it: not escaped. Null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>The excerpt of the page that was kept, not escaped, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>When it was visited last.</summary>
    public required DateTimeOffset LastVisitedAt { get; init; }

    /// <summary>How often it was visited.</summary>
    public required long Visits { get; init; }
}
