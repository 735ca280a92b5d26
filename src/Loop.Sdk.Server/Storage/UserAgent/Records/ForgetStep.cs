namespace Loop.Sdk.Server.Storage;

/// <summary>What a step deleted.</summary>
/// <param name="Visits">How many visits.</param>
/// <param name="Pages">The text of how many pages.</param>
/// <param name="Next">Where the next step begins; null if this was the last.</param>
public sealed record ForgetStep(long Visits, long Pages, long? Next);
