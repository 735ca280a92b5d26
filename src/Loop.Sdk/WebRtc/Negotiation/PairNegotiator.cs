using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// One end of a pair: says when to offer, answer, look for new paths and begin anew. It is perfect negotiation as the W3C describes it, with attempts in addition: each end has a random one,
/// every signal names both, and whoever begins anew takes another. So what is late, lost or of an earlier life is told from what counts. No I/O, no clock, no threads.
/// </summary>
/// <remarks>
/// Its owner does all commands, and says how each went, before it tells of the next event: so nothing happens in the middle of setting a description. Events of connections carry the number
/// that <see cref="Generation"/> had when they were opened. Times are milliseconds.
/// </remarks>
internal sealed class PairNegotiator(PairTiming timing, Func<string> newAttempt)
{
    private readonly Queue<PairCommand> _commands = new();
    private bool _hasOffered;
    private bool _ignores;
    private bool _exchanged;
    private bool _greeted;
    private bool _yields;
    private int _hellos;
    private int _attempts;
    private long _answersFrom;
    private long _helloAt = long.MaxValue;
    private long _rebuildAt = long.MaxValue;
    private long _restartAt = long.MaxValue;

    /// <summary>Whether this end gives way when both offer. Both know it, and never are both.</summary>
    public bool IsPolite { get; set; }

    /// <summary>This end's attempt.</summary>
    public string Attempt { get; private set; } = newAttempt();

    /// <summary>The other end's attempt; null before it was heard.</summary>
    public string? PeerAttempt { get; private set; }

    /// <summary>Whether each end knows the other's attempt, so that there is a connection.</summary>
    public bool IsMet { get; private set; }

    /// <summary>Where the newest connection stands.</summary>
    public PeerConnectionState State { get; private set; }

    /// <summary>Which connection counts: how many were opened.</summary>
    public int Generation { get; private set; }

    /// <summary>When to call <see cref="Timeout"/> at the latest; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout => Math.Min(_helloAt, Math.Min(_rebuildAt, _restartAt));

    /// <summary>Takes the next command.</summary>
    public bool TryTake([NotNullWhen(true)] out PairCommand? command) => _commands.TryDequeue(out command);

    /// <summary>Greets the other end, which may not be there.</summary>
    public void Greet(long now)
    {
        _greeted = true;
        Say();
        _helloAt = now + Math.Min(timing.LongestHello, timing.Hello << Math.Min(_hellos++, 16));
    }

    /// <summary>Begins anew, since nothing helps, or nobody knows what was lost.</summary>
    public void Rebuild(long now)
    {
        Attempt = newAttempt();
        IsMet = false;
        _yields = false;
        _hellos = 0;
        _rebuildAt = _restartAt = long.MaxValue;
        Greet(now);
    }

    /// <summary>Takes a signal of the other end.</summary>
    public void Receive(PairSignal signal, long now)
    {
        if (signal.Kind == PairSignalKind.Hello)
        {
            ReceiveHello(signal, now);
        }
        else if (signal.Attempt == PeerAttempt && signal.Ack == Attempt)
        {
            if (!IsMet)
            {
                Meet(now, offers: false);
            }

            ReceiveOfAttempt(signal);
        }
    }

    /// <summary>The connection wants to be negotiated.</summary>
    public void NegotiationNeeded(int generation)
    {
        // The first exchange is begun by whoever met the other last; and a connection says it again once it is stable.
        if (IsCurrent(generation) && _exchanged && !_hasOffered)
        {
            _commands.Enqueue(new PairCommand.Offer());
        }
    }

    /// <summary>The connection has found an address of this end.</summary>
    public void CandidateFound(int generation, IceCandidate candidate)
    {
        if (IsCurrent(generation))
        {
            Send(new PairSignal { Kind = PairSignalKind.Candidate, Candidate = candidate });
        }
    }

    /// <summary>The connection is in another state.</summary>
    public void StateChanged(int generation, PeerConnectionState state, long now)
    {
        if (!IsCurrent(generation))
        {
            return;
        }

        State = state;
        switch (state)
        {
            case PeerConnectionState.Connected:
                _attempts = 0;
                _rebuildAt = _restartAt = long.MaxValue;
                break;
            case PeerConnectionState.Disconnected:
                _restartAt = Math.Min(_restartAt, now + timing.Disconnected + Courtesy);
                break;
            case PeerConnectionState.Failed:
                _restartAt = Math.Min(_restartAt, now + Courtesy);
                break;
            case PeerConnectionState.Closed:
                RebuildSoon(now);
                break;
        }
    }

    /// <summary>A command was done.</summary>
    /// <param name="command">Which.</param>
    /// <param name="made">The description that it made, if it makes one.</param>
    public void Done(PairCommand command, SessionDescription? made)
    {
        switch (command)
        {
            case PairCommand.Offer:
                _hasOffered = true;
                Send(new PairSignal { Kind = PairSignalKind.Offer, Sdp = made!.Sdp });
                break;
            case PairCommand.Accept:
                _hasOffered = false;
                _exchanged = true;
                Send(new PairSignal { Kind = PairSignalKind.Answer, Sdp = made!.Sdp });
                break;
            case PairCommand.Complete:
                _hasOffered = false;
                _exchanged = true;
                break;
        }
    }

    /// <summary>A command failed. A candidate that is of no use is none of the others' concern; anything else makes the connection useless.</summary>
    public void Failed(PairCommand command, long now)
    {
        if (command is not (PairCommand.Add or PairCommand.Send))
        {
            RebuildSoon(now);
        }
    }

    /// <summary>Signals of the other end are lost, or may be.</summary>
    public void Lost(long now) => Rebuild(now);

    /// <summary>Time has passed.</summary>
    public void Timeout(long now)
    {
        if (now >= _rebuildAt)
        {
            Rebuild(now);
        }

        if (now >= _restartAt)
        {
            _restartAt = long.MaxValue;
            _rebuildAt = Math.Min(_rebuildAt, now + Patience());
            _commands.Enqueue(new PairCommand.Restart());
        }

        if (now >= _helloAt)
        {
            Greet(now);
        }
    }

    private long Courtesy => IsPolite ? timing.Politeness : 0;

    private bool IsCurrent(int generation) => IsMet && generation == Generation;

    private void ReceiveHello(PairSignal hello, long now)
    {
        var isNew = hello.Attempt != PeerAttempt;
        PeerAttempt = hello.Attempt;
        if (hello.Ack == Attempt)
        {
            if (isNew || !IsMet)
            {
                // Whoever has begun anew since this end gave way does not offer before it hears something.
                Meet(now, offers: isNew || !_yields);
            }
            else if (!_exchanged && now >= _answersFrom)
            {
                // It greets again, so it may miss what was said last. If that is lost, it shows with whatever is said next. Not each time: both may be in this state, and answers are greetings.
                _answersFrom = now + timing.Hello;
                Say();
            }

            return;
        }

        // Both have greeted at once, and both will be answered: one of them may offer.
        _yields = !IsMet && _greeted && IsPolite;
        if (IsMet)
        {
            // The other end does not have this connection, or not any more: no two connections are of the same attempts.
            Attempt = newAttempt();
            IsMet = false;
            _rebuildAt = _restartAt = long.MaxValue;
            _helloAt = now + timing.Hello;
        }

        Say();
    }

    private void ReceiveOfAttempt(PairSignal signal)
    {
        switch (signal.Kind)
        {
            case PairSignalKind.Offer when signal.Sdp is { } sdp:
                _ignores = _hasOffered && !IsPolite;
                if (!_ignores)
                {
                    _commands.Enqueue(new PairCommand.Accept(new SessionDescription(SdpType.Offer, sdp)));
                }

                break;
            case PairSignalKind.Answer when signal.Sdp is { } sdp && _hasOffered:
                _ignores = false;
                _commands.Enqueue(new PairCommand.Complete(new SessionDescription(SdpType.Answer, sdp)));
                break;
            case PairSignalKind.Candidate when signal.Candidate is { } candidate && !_ignores:
                _commands.Enqueue(new PairCommand.Add(candidate));
                break;
        }
    }

    private void Meet(long now, bool offers)
    {
        IsMet = true;
        Generation++;
        State = PeerConnectionState.New;
        _hasOffered = _ignores = _exchanged = _yields = _greeted = false;
        _hellos = 0;
        _answersFrom = now;
        _helloAt = _restartAt = long.MaxValue;
        _rebuildAt = now + Patience();
        _commands.Enqueue(new PairCommand.Open());
        if (offers)
        {
            _commands.Enqueue(new PairCommand.Offer());
        }
    }

    private long Patience() => Math.Min(timing.LongestConnect, timing.Connect << Math.Min(_attempts++, 16)) + Courtesy;

    private void RebuildSoon(long now) => _rebuildAt = Math.Min(_rebuildAt, now + Math.Min(timing.LongestConnect, timing.Pause << Math.Min(_attempts++, 16)) + Courtesy);

    private void Say() => Send(new PairSignal { Kind = PairSignalKind.Hello });

    private void Send(PairSignal signal) => _commands.Enqueue(new PairCommand.Send(signal with { Attempt = Attempt, Ack = PeerAttempt }));
}
