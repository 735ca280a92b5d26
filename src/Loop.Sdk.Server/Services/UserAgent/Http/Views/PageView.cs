namespace Loop.Sdk.Server.UserAgent;

/// <summary>A page. The snippet is HTML, the title is not escaped. Times are microseconds since 1970.</summary>
internal sealed record PageView(string Url, string? Title, string? Snippet, long? LastVisited);
