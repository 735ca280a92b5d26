namespace Loop.Sdk.WebRtc.Turn;

/// <summary>What a message of the server was.</summary>
internal enum TurnReceived
{
    /// <summary>Nothing that was expected: forget it.</summary>
    Discarded,

    /// <summary>An answer. The allocation may want to write now.</summary>
    Control,

    /// <summary>A datagram of a peer.</summary>
    Data,
}
