namespace Loop.Sdk.Server.UserAgent;

/// <summary>That the service is there.</summary>
internal sealed record HeartbeatView(string Version);
