namespace Loop.Sdk.WebRtc.Ice;

/// <summary>The formulas of RFC 8445, sections 5.1.2.1 and 6.1.2.3.</summary>
internal static class CandidatePriority
{
    /// <summary>How good a candidate is.</summary>
    /// <param name="type">The kind; direct is better.</param>
    /// <param name="localPreference">0 to 65 535: the order among addresses of a kind.</param>
    /// <param name="component">1 to 256.</param>
    public static uint Compute(CandidateType type, int localPreference, int component = 1)
    {
        var preference = type switch
        {
            CandidateType.Host => 126u,
            CandidateType.PeerReflexive => 110u,
            CandidateType.ServerReflexive => 100u,
            _ => 0u,
        };
        return (preference << 24) | ((uint)localPreference << 8) | (uint)(256 - component);
    }

    /// <summary>What a peer-reflexive candidate with the same local preference would have.</summary>
    public static uint AsPeerReflexive(uint priority) => (110u << 24) | (priority & 0xFF_FFFF);

    /// <summary>How good a pair is; both ends come to the same number.</summary>
    public static ulong OfPair(uint controlling, uint controlled) =>
        ((ulong)Math.Min(controlling, controlled) << 32) + (2UL * Math.Max(controlling, controlled)) + (controlling > controlled ? 1UL : 0UL);
}
