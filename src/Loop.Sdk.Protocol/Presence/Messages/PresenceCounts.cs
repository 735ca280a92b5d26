namespace Loop.Sdk.Presence;

/// <summary>How many are present.</summary>
/// <param name="Members">Sessions.</param>
/// <param name="Users">Users, each counted once.</param>
public sealed record PresenceCounts(int Members, int Users);
