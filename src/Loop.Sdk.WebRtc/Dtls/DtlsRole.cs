namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>Which end begins the handshake.</summary>
internal enum DtlsRole
{
    /// <summary>This end does (<c>a=setup:active</c>).</summary>
    Client,

    /// <summary>The peer does (<c>a=setup:passive</c>).</summary>
    Server,
}
