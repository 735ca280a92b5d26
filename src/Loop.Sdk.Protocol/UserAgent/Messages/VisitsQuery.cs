namespace Loop.Sdk.UserAgent;

/// <summary>Asks for visited places.</summary>
public sealed record VisitsQuery
{
    /// <summary>How many at most, 1 to 500; 100 by default.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where to go on: the <see cref="VisitedPlaces.Next"/> of the page before; null for the newest.</summary>
    public string? Before { get; init; }
}
