namespace Loop.Sdk.WebRtc.Ice;

/// <summary>A candidate of the peer. One that was found by its checks becomes what the peer says of it later.</summary>
internal sealed class RemoteCandidate(Candidate candidate)
{
    public Candidate Candidate { get; set; } = candidate;
}
