namespace Loop.Sdk.Server.UserAgent;

/// <summary>Pages.</summary>
internal sealed record PagesView(IReadOnlyList<PageView> Results);
