namespace Loop.Sdk.WebRtc;

/// <summary>Where a peer stands.</summary>
public enum MeshPeerState
{
    /// <summary>It is being connected to for the first time.</summary>
    Connecting,

    /// <summary>What is said arrives.</summary>
    Connected,

    /// <summary>It was connected, and is being connected to again. What is said waits.</summary>
    Disconnected,
}
