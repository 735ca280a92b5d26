namespace Loop.Sdk.WebRtc;

/// <summary>Which paths may be used.</summary>
public enum IceTransportPolicy
{
    /// <summary>Any.</summary>
    All,

    /// <summary>Over relays only, so that the peer does not learn this end's addresses.</summary>
    Relay,
}
