namespace Loop.Sdk.Presence;

/// <summary>Who is in a scope.</summary>
public sealed record PresenceSnapshot
{
    /// <summary>The members, in no particular order. Who is not here is not present, unless <see cref="IsPartial"/>.</summary>
    public required IReadOnlyList<PresenceMember> Members { get; init; }

    /// <summary>How many there are.</summary>
    public required PresenceCounts Counts { get; init; }

    /// <summary>Whether there are so many that <see cref="Members"/> is only a sample, and the diffs that follow carry only counts.</summary>
    public bool IsPartial { get; init; }
}
