namespace Loop.Sdk.Server.Storage;

/// <summary>A place that is visited, starred or kept.</summary>
public sealed record PlaceRecord
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title that is known last, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The excerpt of the page that is kept, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>How often it was visited.</summary>
    public required long Visits { get; init; }

    /// <summary>When it was visited last, or 0.</summary>
    public required long LastVisitedAt { get; init; }

    /// <summary>How much it is visited: the logarithm to base 2 of the sum of <c>2^(t/H)</c> over its visits, where <c>t</c> is a visit's time and <c>H</c> 30 days.</summary>
    public required double Frecency { get; init; }

    /// <summary>When it was starred, or null.</summary>
    public long? StarredAt { get; init; }

    /// <summary>The offset of its last change in the feed it was read from, or 0.</summary>
    public long Offset { get; init; }
}
