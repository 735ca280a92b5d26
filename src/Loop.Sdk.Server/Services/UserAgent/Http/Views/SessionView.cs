namespace Loop.Sdk.Server.UserAgent;

/// <summary>A session that was started.</summary>
internal sealed record SessionView(long Session);
