namespace Loop.Sdk.Server.UserAgent;

/// <summary>What of the page is kept. Other members that old clients send are not looked at.</summary>
internal sealed record PageContent(string? Title = null, string? Excerpt = null, string? TextContent = null);
