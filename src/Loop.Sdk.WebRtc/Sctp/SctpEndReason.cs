namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Why an association ended.</summary>
internal enum SctpEndReason
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>Both ends shut it down.</summary>
    Shutdown,

    /// <summary>This end aborted it.</summary>
    AbortedHere,

    /// <summary>The peer aborted it.</summary>
    AbortedByPeer,

    /// <summary>The peer did not answer for too long.</summary>
    TimedOut,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolViolation,

    /// <summary>The peer sent a message larger than was agreed.</summary>
    MessageTooLarge,

    /// <summary>The peer left more unfinished, or used more streams, than this end can hold.</summary>
    OutOfResources,
}
