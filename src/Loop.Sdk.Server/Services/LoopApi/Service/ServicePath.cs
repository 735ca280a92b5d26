namespace Loop.Sdk.Server.LoopApi;

/// <summary>Where in the host the API is, for its endpoints.</summary>
internal sealed record ServicePath(string Path);
