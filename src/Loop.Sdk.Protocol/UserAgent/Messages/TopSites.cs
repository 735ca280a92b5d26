namespace Loop.Sdk.UserAgent;

/// <summary>The places that are visited most.</summary>
/// <param name="Items">The places, the first one first.</param>
public sealed record TopSites(IReadOnlyList<TopSite> Items);
