namespace Loop.Sdk.WebRtc;

/// <summary>Something that a negotiator wants done. Whoever does it says how it went before telling the negotiator anything else.</summary>
internal abstract record PairCommand
{
    private PairCommand()
    {
    }

    /// <summary>Send a signal.</summary>
    internal sealed record Send(PairSignal Signal) : PairCommand;

    /// <summary>Make a new connection. The one before goes on until the new one can be used.</summary>
    internal sealed record Open : PairCommand;

    /// <summary>Make and set an offer: <see cref="PairNegotiator.Done"/> takes it.</summary>
    internal sealed record Offer : PairCommand;

    /// <summary>Take an offer, then make and set the answer: <see cref="PairNegotiator.Done"/> takes that.</summary>
    internal sealed record Accept(SessionDescription Description) : PairCommand;

    /// <summary>Take an answer.</summary>
    internal sealed record Complete(SessionDescription Description) : PairCommand;

    /// <summary>Take a candidate.</summary>
    internal sealed record Add(IceCandidate Candidate) : PairCommand;

    /// <summary>Look for new paths.</summary>
    internal sealed record Restart : PairCommand;
}
