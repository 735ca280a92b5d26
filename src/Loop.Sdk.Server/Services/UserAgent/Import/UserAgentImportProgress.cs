namespace Loop.Sdk.Server.UserAgent;

/// <summary>How far an import is.</summary>
/// <param name="Done">How many places of the file were written.</param>
/// <param name="Total">How many places the file has.</param>
public readonly record struct UserAgentImportProgress(long Done, long Total);
