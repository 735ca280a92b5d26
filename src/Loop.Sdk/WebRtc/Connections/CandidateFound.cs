namespace Loop.Sdk.WebRtc;

/// <summary>A candidate of this end.</summary>
/// <param name="Candidate">The candidate; an empty one ends them.</param>
public sealed record CandidateFound(IceCandidate Candidate) : PeerSignal;
