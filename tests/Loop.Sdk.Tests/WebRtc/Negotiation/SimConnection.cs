using System.Globalization;

namespace Loop.Sdk.WebRtc.Negotiation;

/// <summary>A connection that is nothing but its exchange of descriptions, held to the rules: whoever breaks them fails the schedule.</summary>
internal sealed class SimConnection(SimEnd owner, int generation)
{
    private static int _offers;

    private string? _pendingLocal;
    private string? _peer;
    private bool _restarts;

    public int Generation => generation;

    public string? Local { get; private set; }

    public string? Remote { get; private set; }

    public PeerConnectionState State { get; private set; }

    public bool IsStable => _pendingLocal is null;

    public SessionDescription Offer()
    {
        SimCheck.That(IsStable, "An offer was made while one was pending.");
        _restarts = false;
        _pendingLocal = Make();
        return new SessionDescription(SdpType.Offer, _pendingLocal);
    }

    public SessionDescription Accept(SessionDescription offer)
    {
        Know(offer.Sdp);

        // Takes the own offer back.
        _pendingLocal = null;
        Remote = offer.Sdp;
        Local = Make();
        return new SessionDescription(SdpType.Answer, Local);
    }

    public void Complete(SessionDescription answer)
    {
        SimCheck.That(!IsStable, "An answer came without an offer.");
        Know(answer.Sdp);
        Local = _pendingLocal;
        Remote = answer.Sdp;
        _pendingLocal = null;
    }

    public void Restart() => _restarts = true;

    /// <summary>Whether it wants to offer.</summary>
    public bool NeedsNegotiation => _restarts && IsStable;

    public bool Become(PeerConnectionState state)
    {
        if (State == state)
        {
            return false;
        }

        State = state;
        return true;
    }

    // One connection of the other end, and never another.
    private void Know(string sdp)
    {
        var peer = sdp[..sdp.LastIndexOf('/')];
        _peer ??= peer;
        SimCheck.That(_peer == peer, $"A connection with {_peer} got a description of {peer}.");
    }

    private string Make() => string.Create(CultureInfo.InvariantCulture, $"{owner.Name}/{generation}/{Interlocked.Increment(ref _offers)}");
}
