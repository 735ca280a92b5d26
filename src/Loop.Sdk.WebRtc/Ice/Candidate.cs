using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>A candidate as descriptions tell of it (RFC 8839, section 5.1). See <see cref="CandidateLine"/> for the line.</summary>
internal readonly record struct Candidate
{
    /// <summary>Equal for candidates whose checks are likely to go the same way: 1 to 32 of the characters of base 64.</summary>
    public required string Foundation { get; init; }

    /// <summary>1 to 256; data channels have 1 only.</summary>
    public int Component { get; init; }

    public CandidateTransport Transport { get; init; }

    /// <summary>1 to 2^31 − 1, more is better.</summary>
    public uint Priority { get; init; }

    /// <summary>The address. If there is a <see cref="HostName"/>, only its port means anything.</summary>
    public TransportAddress Address { get; init; }

    /// <summary>A name that is to be resolved by multicast DNS, in lower case, or null.</summary>
    public string? HostName { get; init; }

    public CandidateType Type { get; init; }

    /// <summary>What it was derived from, or none.</summary>
    public TransportAddress Related { get; init; }

    public CandidateTcpType TcpType { get; init; }

    /// <summary>The ICE session that it belongs to, or null for the newest.</summary>
    public string? UsernameFragment { get; init; }

    /// <summary>The session as some browsers count them, or null.</summary>
    public int? Generation { get; init; }

    /// <summary>Whether the agent can check it: component 1 over UDP with a unicast address.</summary>
    public bool IsUsable => Component == 1 && Transport == CandidateTransport.Udp && HostName is null && Address.IsUnicast;

    public override string ToString() => CandidateLine.Format(this);
}
