namespace Loop.Sdk.Server.Storage;

/// <summary>What another browser knows of a place. Visits and stars belong to no session.</summary>
public sealed record ImportedPlace
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, or null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>When the title was seen, µs since 1970; 0 if that is not known: then any other title is newer.</summary>
    public long TitleAt { get; init; }

    /// <summary>When it was visited, µs since 1970.</summary>
    public IReadOnlyList<long> Visits { get; init; } = [];

    /// <summary>Whether it is starred. The star is not given if one was given or taken here at its time or later.</summary>
    public bool IsStarred { get; init; }

    /// <summary>When it was starred, µs since 1970; null if that is not known: then the star is only given if there never was one.</summary>
    public long? StarredAt { get; init; }
}
