namespace Loop.Sdk.Server.UserAgent;

/// <summary>A bookmark of a file.</summary>
/// <param name="Url">Its address, as it is there.</param>
/// <param name="Title">Its title.</param>
/// <param name="AddedAt">When it was made, µs since 1970; null if the file does not say.</param>
internal sealed record Bookmark(string Url, string? Title, long? AddedAt);
