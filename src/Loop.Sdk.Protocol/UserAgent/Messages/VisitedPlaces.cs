namespace Loop.Sdk.UserAgent;

/// <summary>One page of the places that were visited.</summary>
public sealed record VisitedPlaces
{
    /// <summary>The places, the one that was visited last first.</summary>
    public required IReadOnlyList<VisitedPlace> Items { get; init; }

    /// <summary>Where the next page begins, to be given as <see cref="VisitsQuery.Before"/>; null if there is none.</summary>
    public string? Next { get; init; }
}
