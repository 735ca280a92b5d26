namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>Where a DTLS transport stands.</summary>
internal enum DtlsState
{
    /// <summary>The keys are being agreed on.</summary>
    Handshaking,

    /// <summary>The keys are agreed on, but which certificate the peer should have is not known yet: nothing passes.</summary>
    Unverified,

    /// <summary>Data passes.</summary>
    Connected,

    /// <summary>An end said that it is done.</summary>
    Closed,

    /// <summary>It cannot go on, see <see cref="DtlsTransport.Failure"/>.</summary>
    Failed,
}
