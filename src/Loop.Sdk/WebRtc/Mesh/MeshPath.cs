namespace Loop.Sdk.WebRtc;

/// <summary>Which way what is said to a peer takes.</summary>
public enum MeshPath
{
    /// <summary>None now: what is said waits.</summary>
    None,

    /// <summary>A peer connection: the server is not needed.</summary>
    Direct,

    /// <summary>The server, which carries sealed frames.</summary>
    Relayed,
}
