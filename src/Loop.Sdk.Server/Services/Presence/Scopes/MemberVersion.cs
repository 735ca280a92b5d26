namespace Loop.Sdk.Server.Presence;

/// <summary>How new what is known of a member is. Only the node that has its session changes it, so that these form one order.</summary>
/// <param name="Term">How often it has changed nodes.</param>
/// <param name="Change">How often it has changed.</param>
internal readonly record struct MemberVersion(int Term, int Change) : IComparable<MemberVersion>
{
    public MemberVersion Next => this with { Change = Change + 1 };

    public MemberVersion NextTerm => new(Term + 1, Change + 1);

    public int CompareTo(MemberVersion other) => Term != other.Term ? Term.CompareTo(other.Term) : Change.CompareTo(other.Change);
}
