namespace Loop.Sdk.Server.UserAgent;

/// <summary>What an import added.</summary>
/// <param name="Places">Addresses that were not known before.</param>
/// <param name="Visits">Visits.</param>
/// <param name="Stars">Stars.</param>
/// <param name="Skipped">What the file has and cannot be kept: addresses that nobody can go to, such as <c>javascript:</c>, and visits of times that cannot be.</param>
public sealed record UserAgentImportResult(long Places, long Visits, long Stars, long Skipped);
