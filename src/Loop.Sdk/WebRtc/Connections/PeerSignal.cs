namespace Loop.Sdk.WebRtc;

/// <summary>Something that a connection wants its peer to be told: <see cref="NegotiationNeeded"/> or <see cref="CandidateFound"/>.</summary>
public abstract record PeerSignal
{
    private protected PeerSignal()
    {
    }
}
