namespace Loop.Sdk.Server.Presence;

/// <summary>An account of which something has changed in the store that nodes share.</summary>
/// <param name="Account">The account.</param>
/// <param name="Application">The application whose grant was revoked; null if none was.</param>
/// <param name="Grant">The id of that grant.</param>
internal sealed record NodeAccount(string Account, string? Application = null, string? Grant = null);
