namespace Loop.Sdk.UserAgent;

/// <summary>What was found.</summary>
/// <param name="Items">The pages, the best first.</param>
public sealed record FoundPages(IReadOnlyList<FoundPage> Items);
