namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What an association tells.</summary>
internal enum SctpEventKind
{
    /// <summary>Messages can pass.</summary>
    Connected,

    /// <summary>The peer began anew: everything under way, in both directions, and the state of all streams is gone.</summary>
    Restarted,

    /// <summary>It is over; see <see cref="SctpEvent.Reason"/>. The last event.</summary>
    Ended,

    /// <summary>A message came. Whoever takes it returns it by <see cref="SctpAssociation.Return"/>.</summary>
    Message,

    /// <summary>The peer has reset its stream: nothing more comes on it until it begins anew.</summary>
    IncomingReset,

    /// <summary>The peer has taken the reset of this end's stream, which can be used anew.</summary>
    OutgoingReset,

    /// <summary>The peer has refused the reset of this end's stream.</summary>
    OutgoingResetRefused,

    /// <summary>After a message was refused for lack of room, half of the buffer is free.</summary>
    Writable,
}
