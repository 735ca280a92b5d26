namespace Loop.Sdk.Server.UserAgent;

/// <summary>The first message to an old client.</summary>
internal sealed record LegacyProtocol(string Message, string Version, int ClientCount);
