namespace Loop.Sdk.Server.UserAgent;

/// <summary>The answer to a write: an empty object.</summary>
internal sealed record DoneView;
