namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>Which end begins the DTLS handshake (RFC 8842, section 5.2), said of the describing end.</summary>
internal enum SdpSetup
{
    /// <summary>Either may.</summary>
    ActPass,

    /// <summary>It does.</summary>
    Active,

    /// <summary>It waits.</summary>
    Passive,
}
