using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>A member of a scope as a node knows it. It never changes: another one takes its place.</summary>
internal sealed record Member
{
    /// <summary>What everybody sees.</summary>
    public required PresenceMember Shown { get; init; }

    /// <summary>What the client's next session can take it over with.</summary>
    public required string InstanceKey { get; init; }

    /// <summary>This node's session that it is; null if it is another node's.</summary>
    public Membership? Local { get; init; }

    /// <summary>The node that has the session; null for this one.</summary>
    public string? Node { get; init; }

    /// <summary>How new it is, for nodes to agree.</summary>
    public MemberVersion Version { get; init; }

    /// <summary>Whether it has changed nodes: then what the earlier one says may be heard after what the later one says.</summary>
    public bool HasMoved { get; init; }

    public string Id => Shown.Id;

    public (string User, string InstanceKey) Owner => (Shown.User, InstanceKey);
}
