namespace Loop.Sdk.UserAgent;

/// <summary>What to delete: exactly one of an address, a time, or everything.</summary>
public sealed record ForgetHistory
{
    /// <summary>The address of which everything is deleted, or null.</summary>
    public string? Url { get; init; }

    /// <summary>The beginning of the time, which belongs to it. Null for the first of all times, if <see cref="Until"/> is given.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the time, which does not belong to it. Null for the last of all times, if <see cref="From"/> is given.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether everything is deleted.</summary>
    public bool All { get; init; }

    /// <summary>Whether stars go as well: those of the address, those that were given in the time, or all.</summary>
    public bool Stars { get; init; }
}
