namespace Loop.Sdk.Server.UserAgent;

/// <summary>The newest stars.</summary>
internal sealed record LegacyRecentStars(string Message, string Type, IReadOnlyList<StarView> Payload);
