namespace Loop.Sdk.WebRtc;

/// <summary>Where a peer connection stands.</summary>
public enum PeerConnectionState
{
    /// <summary>Nothing was tried yet.</summary>
    New,

    /// <summary>A path is looked for, or the ends are getting to know each other over it.</summary>
    Connecting,

    /// <summary>Channels can be used.</summary>
    Connected,

    /// <summary>The peer has not been heard of for some seconds. It may come back by itself.</summary>
    Disconnected,

    /// <summary>There is no path, or the peer is not who it should be. After lost paths <see cref="IPeerConnection.RestartIce"/> may help.</summary>
    Failed,

    /// <summary>It was closed, by either end.</summary>
    Closed,
}
