using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>A NAT with one public address, which forgets mappings that nothing went out through for a while.</summary>
internal sealed class SimNat(NatKind kind, TransportAddress publicAddress)
{
    private const long Lifetime = 60_000_000;

    private readonly List<Mapping> _mappings = [];
    private ushort _nextPort = 20_000;

    public TransportAddress PublicAddress { get; } = publicAddress;

    public NatKind Kind { get; } = kind;

    public TransportAddress Outgoing(TransportAddress inner, TransportAddress to, long now)
    {
        _mappings.RemoveAll(old => now - old.UsedAt > Lifetime);
        var mapping = _mappings.Find(known => known.Inner == inner && (Kind != NatKind.Symmetric || known.For == to));
        if (mapping is null)
        {
            mapping = new Mapping(inner, to, PublicAddress with { Port = _nextPort++ });
            _mappings.Add(mapping);
        }

        mapping.UsedAt = now;
        mapping.Contacted.Add(to);
        return mapping.Outer;
    }

    /// <summary>Where a packet goes inside, or none if it is dropped.</summary>
    public TransportAddress Incoming(TransportAddress outer, TransportAddress from, long now)
    {
        var mapping = _mappings.Find(known => known.Outer == outer && now - known.UsedAt <= Lifetime);
        var isLet = mapping is not null && Kind switch
        {
            NatKind.FullCone => true,
            NatKind.AddressRestricted => mapping.Contacted.Any(contacted => contacted.HasSameAddress(from)),
            _ => mapping.Contacted.Contains(from),
        };
        return isLet ? mapping!.Inner : default;
    }

    private sealed class Mapping(TransportAddress inner, TransportAddress to, TransportAddress outer)
    {
        public TransportAddress Inner { get; } = inner;

        public TransportAddress For { get; } = to;

        public TransportAddress Outer { get; } = outer;

        public HashSet<TransportAddress> Contacted { get; } = [];

        public long UsedAt { get; set; }
    }
}
