namespace Loop.Sdk.Server.Storage;

/// <summary>A place that was found.</summary>
public sealed record FoundPlace
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The excerpt of the page that is kept, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>A part of the text, with <see cref="SearchSnippet.Begin"/> and <see cref="SearchSnippet.End"/> around what was found; null if no text is kept.</summary>
    public string? Snippet { get; init; }

    /// <summary>When it was visited or kept last, or 0.</summary>
    public required long SeenAt { get; init; }
}
