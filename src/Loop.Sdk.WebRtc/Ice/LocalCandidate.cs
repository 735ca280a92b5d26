namespace Loop.Sdk.WebRtc.Ice;

/// <summary>A candidate of this end that pairs are made of: a socket of its own, or a relay.</summary>
internal sealed class LocalCandidate(Candidate candidate, int socket)
{
    public Candidate Candidate { get; } = candidate;

    public int Socket { get; } = socket;
}
