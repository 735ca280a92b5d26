namespace Loop.Sdk.WebRtc.Ice;

/// <summary>How an address was come by.</summary>
internal enum CandidateType
{
    Host,
    ServerReflexive,
    PeerReflexive,
    Relayed,
}
