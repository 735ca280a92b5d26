namespace Loop.Sdk.Server.Storage;

/// <summary>A star to be given, or taken away.</summary>
public sealed record NewStar
{
    /// <summary>Makes the write one that can be repeated, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The session's number.</summary>
    public required long Session { get; init; }

    /// <summary>The title, or null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the star is given.</summary>
    public required bool IsStarred { get; init; }

    /// <summary>The time of the write.</summary>
    public required long Now { get; init; }

    /// <summary>How many stars the account may have.</summary>
    public int MaxStars { get; init; } = int.MaxValue;
}
