using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>What an offer and its answer have settled.</summary>
internal sealed record Agreement
{
    public required IceCredentials Local { get; init; }

    public required IceCredentials RemoteCredentials { get; init; }

    public required SdpTransport Remote { get; init; }

    /// <summary>The candidates that the peer's description has in it.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    public required bool HasAllCandidates { get; init; }

    /// <summary>Whether this end begins the DTLS handshake.</summary>
    public required bool IsDtlsClient { get; init; }

    /// <summary>Whether this end has made the offer.</summary>
    public required bool IsOfferer { get; init; }

    public required bool IsRemoteLite { get; init; }

    /// <summary>The peer's SCTP port.</summary>
    public required ushort RemotePort { get; init; }

    /// <summary>The largest message that the peer takes, in bytes.</summary>
    public required long MaxMessageSize { get; init; }
}
