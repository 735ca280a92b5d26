namespace Loop.Sdk.UserAgent;

/// <summary>How much of a page's text is shown around what was found.</summary>
public enum SnippetSize
{
    /// <summary>About 15 words.</summary>
    Medium,

    /// <summary>About 5 words.</summary>
    Tiny,

    /// <summary>About 40 words.</summary>
    Large,

    /// <summary>About 64 words.</summary>
    Huge,
}
