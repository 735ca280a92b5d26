namespace Loop.Sdk.Server.Presence;

/// <summary>
/// How new what is known of a member is. Only the node that has its session changes it; and of several nodes its client came to one after the other, whether they knew of each other or
/// not: so the last claim counts, by the nodes' clocks.
/// </summary>
/// <param name="Claim">When a session entered as it last, in ticks.</param>
/// <param name="Change">How often it has changed.</param>
internal readonly record struct MemberVersion(long Claim, int Change) : IComparable<MemberVersion>
{
    /// <summary>After another change by the same session.</summary>
    public MemberVersion Changed() => this with { Change = Change + 1 };

    /// <summary>After another session entered as it, or the same one again.</summary>
    public MemberVersion Claimed(DateTimeOffset now) => new(Math.Max(now.UtcTicks, Claim + 1), Change + 1);

    public int CompareTo(MemberVersion other) => Claim != other.Claim ? Claim.CompareTo(other.Claim) : Change.CompareTo(other.Change);
}
