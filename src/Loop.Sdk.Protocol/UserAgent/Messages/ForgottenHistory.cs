namespace Loop.Sdk.UserAgent;

/// <summary>What was deleted.</summary>
/// <param name="Visits">How many visits.</param>
/// <param name="Pages">The text of how many pages.</param>
public sealed record ForgottenHistory(long Visits, long Pages);
