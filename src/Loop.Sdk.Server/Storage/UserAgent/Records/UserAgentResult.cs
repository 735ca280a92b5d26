namespace Loop.Sdk.Server.Storage;

/// <summary>What came of a write of a user agent.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Session">The number of the session that was started, or 0.</param>
public sealed record UserAgentResult(UserAgentOutcome Outcome, long Session = 0);
