namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>Why a DTLS transport failed.</summary>
internal enum DtlsFailure
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The peer's certificate is not the one that its description names.</summary>
    WrongFingerprint,

    /// <summary>The peer broke the protocol, refused this end, or has nothing in common with it.</summary>
    Protocol,

    /// <summary>The peer stopped answering in the middle of the handshake.</summary>
    TimedOut,
}
