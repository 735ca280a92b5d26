namespace Loop.Sdk.UserAgent;

/// <summary>A place that is visited much.</summary>
public sealed record TopSite
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, as somebody wrote it: not escaped. Null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>When it was visited last.</summary>
    public required DateTimeOffset LastVisitedAt { get; init; }

    /// <summary>How often it was visited.</summary>
    public required long Visits { get; init; }

    /// <summary>
    /// How much it is visited, in a form that time alone does not change: sites are in the order of this number, the highest first. At a time of <c>t</c> days after 1970
    /// the score is <c>2^(Frecency − t/30)</c>, where a visit counts 1 when it happens and half as much every 30 days.
    /// </summary>
    public required double Frecency { get; init; }
}
