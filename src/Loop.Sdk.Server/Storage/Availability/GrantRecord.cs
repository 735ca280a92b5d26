namespace Loop.Sdk.Server.Storage;

/// <summary>That an account lets an application see its availability.</summary>
/// <param name="Application">The application.</param>
/// <param name="Account">The account.</param>
/// <param name="Id">What the account is called there.</param>
/// <param name="GrantedAt">When.</param>
public sealed record GrantRecord(string Application, string Account, string Id, long GrantedAt);
