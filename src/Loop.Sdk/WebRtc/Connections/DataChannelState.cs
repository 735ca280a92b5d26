namespace Loop.Sdk.WebRtc;

/// <summary>Where a data channel stands.</summary>
public enum DataChannelState
{
    /// <summary>It waits for the connection, or for the peer.</summary>
    Connecting,

    /// <summary>Messages pass.</summary>
    Open,

    /// <summary>It is being closed: nothing more can be sent.</summary>
    Closing,

    /// <summary>It is closed at both ends, or its connection is.</summary>
    Closed,
}
