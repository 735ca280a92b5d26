namespace Loop.Sdk.UserAgent;

/// <summary>Names a session.</summary>
/// <param name="Id">The session's number in its account: 1, 2, 3 and so on.</param>
public sealed record AgentSessionRef(long Id);
