namespace Loop.Sdk.Server.UserAgent;

/// <summary>A session to be started. The reason that old clients send is not looked at, as ever.</summary>
internal sealed record StartBody(long? Scope = null, long? Ancestor = null);
