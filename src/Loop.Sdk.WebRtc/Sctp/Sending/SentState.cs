namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Where a chunk stands that was sent.</summary>
internal enum SentState : byte
{
    /// <summary>It is under way.</summary>
    InFlight,

    /// <summary>It is taken for lost, and to be sent again.</summary>
    Lost,

    /// <summary>The peer has it, but has not promised to keep it.</summary>
    Acknowledged,

    /// <summary>It is given up.</summary>
    Abandoned,
}
