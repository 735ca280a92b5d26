using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>One member of a node's sessions, as nodes tell each other.</summary>
internal sealed record NodeChange
{
    public required string Scope { get; init; }

    public required string Id { get; init; }

    public long Claim { get; init; }

    public int Change { get; init; }

    /// <summary>The member; null if it is gone.</summary>
    public PresenceMember? Put { get; init; }

    /// <summary>What its client's next session takes it over with.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it has changed nodes.</summary>
    public bool Moved { get; init; }

    /// <summary>Why it is gone.</summary>
    public LeaveReason? Reason { get; init; }

    public static NodeChange Of(ScopeName scope, Member member) => new()
    {
        Scope = scope.Text,
        Id = member.Id,
        Claim = member.Version.Claim,
        Change = member.Version.Change,
        Put = member.Shown,
        Key = member.InstanceKey,
        Moved = member.HasMoved,
    };

    public static NodeChange Gone(ScopeName scope, Member member, LeaveReason reason) => new()
    {
        Scope = scope.Text,
        Id = member.Id,
        Claim = member.Version.Claim,
        Change = member.Version.Change,
        Reason = reason,
    };

    public MemberVersion Version() => new(Claim, Change);
}
