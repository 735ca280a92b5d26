using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>The way that data takes.</summary>
/// <param name="Socket">The driver's number of the socket to send from.</param>
/// <param name="Remote">Where to; none if there is no path.</param>
/// <param name="LocalType">What this end's candidate is.</param>
/// <param name="RemoteType">What the peer's candidate is.</param>
internal readonly record struct IcePath(int Socket, TransportAddress Remote, CandidateType LocalType, CandidateType RemoteType)
{
    public bool IsNone => Remote.IsNone;
}
