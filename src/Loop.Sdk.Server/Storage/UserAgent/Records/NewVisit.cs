namespace Loop.Sdk.Server.Storage;

/// <summary>A visit to be added.</summary>
public sealed record NewVisit
{
    /// <summary>Makes the write one that can be repeated, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The session's number.</summary>
    public required long Session { get; init; }

    /// <summary>The title, or null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>When it happened.</summary>
    public required long At { get; init; }

    /// <summary>The time of the write.</summary>
    public required long Now { get; init; }
}
