namespace Loop.Sdk.WebRtc;

/// <summary>Where the exchange of descriptions stands.</summary>
public enum SignalingState
{
    /// <summary>No offer is pending.</summary>
    Stable,

    /// <summary>This end has offered.</summary>
    HaveLocalOffer,

    /// <summary>The peer has offered.</summary>
    HaveRemoteOffer,

    /// <summary>The connection is closed.</summary>
    Closed,
}
