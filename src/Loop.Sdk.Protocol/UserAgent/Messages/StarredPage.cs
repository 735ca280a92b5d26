namespace Loop.Sdk.UserAgent;

/// <summary>A starred page.</summary>
public sealed record StarredPage
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The title, as somebody wrote it: not escaped. Null if it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>When it was starred.</summary>
    public required DateTimeOffset StarredAt { get; init; }
}
