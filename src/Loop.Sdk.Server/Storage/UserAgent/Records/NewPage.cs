namespace Loop.Sdk.Server.Storage;

/// <summary>A page whose text is to be kept.</summary>
public sealed record NewPage
{
    /// <summary>Makes the write one that can be repeated, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The session's number.</summary>
    public required long Session { get; init; }

    /// <summary>The title, or null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>A short text to show, or null.</summary>
    public string? Excerpt { get; init; }

    /// <summary>The text, without control characters.</summary>
    public required string Text { get; init; }

    /// <summary>The time of the write.</summary>
    public required long Now { get; init; }
}
