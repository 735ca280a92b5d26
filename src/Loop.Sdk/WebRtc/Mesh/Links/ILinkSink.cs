namespace Loop.Sdk.WebRtc;

/// <summary>Who takes what comes from a peer. Nothing here may take long: the peer waits.</summary>
internal interface ILinkSink
{
    void Receive(PeerLink link, string channel, ReadOnlySpan<byte> payload);

    void ReceiveBulk(PeerLink link, ReadOnlySpan<byte> frame);

    /// <summary>Another way to the peer is used, or none.</summary>
    void Changed(PeerLink link);

    /// <summary>The peer has left the mesh.</summary>
    void Left(PeerLink link);

    /// <summary>The peer broke the rules.</summary>
    void Broken(PeerLink link, string what);
}
