namespace Loop.Sdk.Server.Storage;

/// <summary>How much a store of user agents takes. The service's own limits may be lower.</summary>
public static class UserAgentStorageLimits
{
    /// <summary>Characters of an address.</summary>
    public const int MaxUrl = 8 * 1024;

    /// <summary>Characters of a title.</summary>
    public const int MaxTitle = 4 * 1024;

    /// <summary>Characters of an excerpt.</summary>
    public const int MaxExcerpt = 16 * 1024;

    /// <summary>Characters of a page's text.</summary>
    public const int MaxText = 1024 * 1024;

    /// <summary>Characters of a query.</summary>
    public const int MaxQuery = 4 * 1024;

    /// <summary>Places in one answer.</summary>
    public const int MaxItems = 100_000;

    /// <summary>Words in a snippet.</summary>
    public const int MaxSnippet = 64;

    /// <summary>The latest time, µs since 1970.</summary>
    public const long MaxTime = (1L << 53) - 1;
}
