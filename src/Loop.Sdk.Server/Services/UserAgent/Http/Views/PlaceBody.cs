namespace Loop.Sdk.Server.UserAgent;

/// <summary>A place that is visited, starred or unstarred.</summary>
internal sealed record PlaceBody(string? Url = null, long? Session = null, string? Title = null);
