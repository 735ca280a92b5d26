namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Who connects to a TCP candidate (RFC 6544, section 4.5).</summary>
internal enum CandidateTcpType
{
    None,
    Active,
    Passive,
    SimultaneousOpen,
}
