namespace Loop.Sdk.Server.UserAgent;

/// <summary>A star. <c>lastVisited</c> is when it was given, as ever.</summary>
internal sealed record StarView(string Url, string? Title, long LastVisited);
