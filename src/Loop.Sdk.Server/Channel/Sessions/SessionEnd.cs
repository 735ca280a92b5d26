namespace Loop.Sdk.Server;

/// <summary>How a session ended.</summary>
/// <param name="Code">The stable code, from <see cref="ErrorCodes"/> or the application's own.</param>
/// <param name="IsGoodbye">Whether the client closed the channel on purpose. Otherwise it may well come back, with a new session.</param>
public sealed record SessionEnd(string Code, bool IsGoodbye);
