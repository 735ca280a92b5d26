namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The ends of a list of fragments in a <see cref="FragmentTable"/>.</summary>
internal struct FragmentList
{
    public int First = FragmentTable.None;
    public int Last = FragmentTable.None;

    public FragmentList()
    {
    }

    public readonly bool IsEmpty => First == FragmentTable.None;
}
