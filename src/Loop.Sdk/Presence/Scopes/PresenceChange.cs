namespace Loop.Sdk.Presence;

/// <summary>What has changed in a scope since the last one of these, at once. A member stands in one list at most.</summary>
public sealed record PresenceChange
{
    /// <summary>Whether this is the first: <see cref="Entered"/> are those who were there already.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Those who are new.</summary>
    public IReadOnlyList<PresenceMember> Entered { get; init; } = [];

    /// <summary>Those who have other data, as they are now.</summary>
    public IReadOnlyList<PresenceMember> Updated { get; init; } = [];

    /// <summary>Those who are gone.</summary>
    public IReadOnlyList<DepartedPresence> Left { get; init; } = [];

    /// <summary>The users whose first member entered.</summary>
    public IReadOnlyList<string> UsersIn { get; init; } = [];

    /// <summary>The users whose last member left.</summary>
    public IReadOnlyList<string> UsersOut { get; init; } = [];

    /// <summary>How many are present now.</summary>
    public required PresenceCounts Counts { get; init; }

    /// <summary>
    /// Whether there are so many that they are not shown one by one: then only the counts and <see cref="Sample"/> say anything, and when this is false again, the lists say what has become
    /// different since it was false last.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>Some of those who are there, when a new sample was taken; null otherwise, and if <see cref="IsPartial"/> is false.</summary>
    public IReadOnlyList<PresenceMember>? Sample { get; init; }
}
