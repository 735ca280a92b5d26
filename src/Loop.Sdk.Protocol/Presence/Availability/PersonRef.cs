namespace Loop.Sdk.Presence;

/// <summary>Names somebody who let the application see their availability.</summary>
/// <param name="Id">The id of the grant: 22 characters.</param>
public sealed record PersonRef(string Id);
