namespace Loop.Sdk.Presence;

/// <summary>
/// What changed in a scope, gathered over a moment: a member stands in one list at most, and one that entered and left in between in none. Lists are null when empty, and always
/// are while the scope is shown in part.
/// </summary>
public sealed record PresenceDiff
{
    /// <summary>The members who are new.</summary>
    public IReadOnlyList<PresenceMember>? Entered { get; init; }

    /// <summary>The members with other data, as they are now.</summary>
    public IReadOnlyList<PresenceMember>? Updated { get; init; }

    /// <summary>The members who are gone.</summary>
    public IReadOnlyList<DepartedMember>? Left { get; init; }

    /// <summary>The users whose first session entered.</summary>
    public IReadOnlyList<string>? UsersIn { get; init; }

    /// <summary>The users whose last session left.</summary>
    public IReadOnlyList<string>? UsersOut { get; init; }

    /// <summary>How many are present now.</summary>
    public required PresenceCounts Counts { get; init; }
}
