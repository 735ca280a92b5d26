namespace Loop.Sdk.Server.UserAgent;

/// <summary>The second message to an old client.</summary>
internal sealed record LegacyConnected(string Type);
