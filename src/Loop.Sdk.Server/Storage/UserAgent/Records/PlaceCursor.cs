namespace Loop.Sdk.Server.Storage;

/// <summary>A place in the list of what was visited, the newest first.</summary>
/// <param name="At">When the place before was visited last.</param>
/// <param name="Number">Which of those that were visited at the same time it was.</param>
public sealed record PlaceCursor(long At, long Number);
