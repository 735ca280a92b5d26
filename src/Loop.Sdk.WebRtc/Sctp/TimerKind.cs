namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What an association waits for.</summary>
internal enum TimerKind
{
    /// <summary>T1: INIT or COOKIE ECHO again.</summary>
    Handshake,

    /// <summary>T2: SHUTDOWN or SHUTDOWN ACK again.</summary>
    Shutdown,

    /// <summary>T3: everything that is under way is taken for lost.</summary>
    Retransmission,

    /// <summary>What was overtaken is taken for lost.</summary>
    Reordering,

    /// <summary>The end of a flight may be lost: a probe.</summary>
    TailProbe,

    /// <summary>The next packet may leave.</summary>
    Pacing,

    /// <summary>The acknowledgement may wait no longer.</summary>
    Acknowledgement,

    /// <summary>A sign of life is asked for, or missing.</summary>
    Heartbeat,

    /// <summary>A larger packet is tried, or was lost.</summary>
    PathSearch,

    /// <summary>The reset of streams again.</summary>
    StreamReset,
}
