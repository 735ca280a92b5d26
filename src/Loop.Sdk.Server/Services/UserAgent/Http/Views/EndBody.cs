namespace Loop.Sdk.Server.UserAgent;

/// <summary>A session to be ended.</summary>
internal sealed record EndBody(long? Session = null);
