namespace Loop.Sdk.UserAgent;

/// <summary>Asks for top sites.</summary>
public sealed record TopSitesQuery
{
    /// <summary>How many at most, 1 to 500; 20 by default.</summary>
    public int Limit { get; init; } = 20;
}
