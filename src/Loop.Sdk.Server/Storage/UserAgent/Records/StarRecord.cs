namespace Loop.Sdk.Server.Storage;

/// <summary>A place's star.</summary>
public sealed record StarRecord
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title that is known last, or null.</summary>
    public string? Title { get; init; }

    /// <summary>When it was given; null if it was taken away.</summary>
    public long? StarredAt { get; init; }

    /// <summary>The offset of its last change in the feed of stars.</summary>
    public long Offset { get; init; }
}
