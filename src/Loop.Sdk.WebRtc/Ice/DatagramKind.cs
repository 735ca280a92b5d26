namespace Loop.Sdk.WebRtc.Ice;

/// <summary>What to do with a datagram that an agent was shown.</summary>
internal enum DatagramKind
{
    /// <summary>It comes from nobody who has shown that it knows the passwords: forget it.</summary>
    Discarded,

    /// <summary>It was STUN, and the agent has dealt with it.</summary>
    Stun,

    /// <summary>It comes from the peer, and is not STUN: it belongs to DTLS.</summary>
    Data,
}
