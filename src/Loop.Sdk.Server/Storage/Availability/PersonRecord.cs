namespace Loop.Sdk.Server.Storage;

/// <summary>A grant, with the status of the account that gave it.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Status">The status.</param>
public sealed record PersonRecord(GrantRecord Grant, StatusRecord Status);
