namespace Loop.Sdk.Server.Storage;

/// <summary>Places to be imported.</summary>
public sealed record PlaceImport
{
    /// <summary>The places. They are enumerated once.</summary>
    public required IEnumerable<ImportedPlace> Places { get; init; }

    /// <summary>The time of the import, which is that of stars whose time is not known.</summary>
    public required long Now { get; init; }

    /// <summary>How many stars the account may have in the end.</summary>
    public int MaxStars { get; init; } = int.MaxValue;
}
