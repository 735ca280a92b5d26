namespace Loop.Sdk.Presence;

/// <summary>Whom to remove from a scope.</summary>
public sealed record KickMember
{
    /// <summary>The scope, see <see cref="ScopeRef.Scope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of one of their members.</summary>
    public required string Member { get; init; }

    /// <summary>Whether every member of the same user goes, and not that one only.</summary>
    public bool WholeUser { get; init; }
}
