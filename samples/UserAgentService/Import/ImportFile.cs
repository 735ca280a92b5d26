namespace UserAgentService.Import;

/// <summary>A file to import.</summary>
/// <param name="Path">Where it is.</param>
public sealed record ImportFile(string Path);
