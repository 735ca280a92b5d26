namespace Loop.Sdk.Server.UserAgent;

/// <summary>A page that is to be kept.</summary>
internal sealed record PageBody(string? Url = null, long? Session = null, PageContent? Page = null);
