namespace Loop.Sdk.Presence;

/// <summary>An application's leave to see an account's availability.</summary>
/// <param name="Application">The application's id.</param>
/// <param name="Id">What the account is called there: 128 random bits in base64url, another one for each application.</param>
/// <param name="GrantedAt">When it was granted.</param>
public sealed record Grant(string Application, string Id, DateTimeOffset GrantedAt);
