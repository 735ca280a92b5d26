namespace Loop.Sdk.Presence;

/// <summary>Which application is to see the account's availability.</summary>
/// <param name="Application">The application's id: 1 to 128 visible ASCII characters.</param>
public sealed record GrantRequest(string Application);
