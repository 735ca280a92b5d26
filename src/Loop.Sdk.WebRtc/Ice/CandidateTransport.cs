namespace Loop.Sdk.WebRtc.Ice;

/// <summary>What runs between candidates. TCP is read and not used: peers that have only that come through a relay.</summary>
internal enum CandidateTransport
{
    Udp,
    Tcp,
}
