namespace Loop.Sdk.Server.UserAgent;

/// <summary>All stars, as addresses.</summary>
internal sealed record LegacyStars(string Message, string Type, IReadOnlyList<string> Payload);
