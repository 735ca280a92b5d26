namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Where an agent stands.</summary>
internal enum IceState
{
    /// <summary>There is nothing to check yet.</summary>
    New,

    /// <summary>Paths are being tried, and none has carried anything both ways.</summary>
    Checking,

    /// <summary>There is a path, and the peer answers over it.</summary>
    Connected,

    /// <summary>The peer has not answered over the path for about five seconds. Other paths are being tried, and data still goes over the old one.</summary>
    Disconnected,

    /// <summary>There is no path, or the peer's consent has run out. Only a restart helps.</summary>
    Failed,
}
