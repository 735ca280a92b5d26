using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>How a media section is reached: ICE (RFC 8839) and DTLS (RFC 8842).</summary>
internal sealed record SdpTransport
{
    public required string UsernameFragment { get; init; }

    public required string Password { get; init; }

    /// <summary>The hashes of the certificate, those that are accepted; at least one.</summary>
    public required IReadOnlyList<DtlsFingerprint> Fingerprints { get; init; }

    public required SdpSetup Setup { get; init; }

    public bool IsTrickling { get; init; }

    /// <summary>Nothing of the credentials.</summary>
    public override string ToString() => $"{Setup}";
}
