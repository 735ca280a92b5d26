namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What an end can do beyond RFC 9260, or what both have agreed on.</summary>
[Flags]
internal enum SctpFeatures : byte
{
    None = 0,

    /// <summary>Messages can be given up: FORWARD TSN (RFC 3758).</summary>
    PartialReliability = 1,

    /// <summary>Streams can be reset: RE-CONFIG (RFC 6525).</summary>
    StreamReset = 2,

    /// <summary>Messages can be interleaved: I-DATA (RFC 8260).</summary>
    Interleaving = 4,

    /// <summary>The end takes packets without a checksum (RFC 9653).</summary>
    ZeroChecksum = 8,
}
