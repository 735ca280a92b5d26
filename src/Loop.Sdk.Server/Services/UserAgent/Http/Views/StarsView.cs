namespace Loop.Sdk.Server.UserAgent;

/// <summary>Stars.</summary>
internal sealed record StarsView(IReadOnlyList<StarView> Results);
