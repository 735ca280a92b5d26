using System.Runtime.CompilerServices;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>A way from this end to the peer, and what is known of it.</summary>
internal sealed class CandidatePair(LocalCandidate local, RemoteCandidate remote)
{
    private SentChecks _sent;
    private int _sentCount;

    public LocalCandidate Local { get; } = local;

    public RemoteCandidate Remote { get; } = remote;

    public ulong Priority { get; private set; }

    public PairState State { get; set; }

    /// <summary>Whether a check is wanted at once, since the peer's has come or since the pair is being nominated.</summary>
    public bool IsTriggered { get; set; }

    /// <summary>Whether others of the same foundation are tried before it.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Whether someone who knows the passwords has been heard from there.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Of the controlling end: whether checks nominate it. Of the controlled: whether the peer has nominated it.</summary>
    public bool IsNominated { get; set; }

    /// <summary>When the peer last nominated it.</summary>
    public long NominatedAt { get; set; }

    /// <summary>When the next check is due, unless something else comes first.</summary>
    public long NextCheck { get; set; }

    /// <summary>How many checks were sent since the last answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>When the first of them was sent.</summary>
    public long UnansweredSince { get; private set; } = long.MaxValue;

    public long LastAnswer { get; private set; }

    public bool IsDirect => Local.Candidate.Type != CandidateType.Relayed && Remote.Candidate.Type != CandidateType.Relayed;

    /// <summary>Whether it has been checked often enough in vain; the pair in use is given longer.</summary>
    public bool IsExhausted => State is PairState.InProgress or PairState.Succeeded && Unanswered >= IceTiming.MaxChecks;

    /// <summary>Whether it works, as far as is known: its last check may still be under way.</summary>
    public bool IsAlive(long now) => State == PairState.Succeeded && UnansweredSince > now - IceTiming.Unanswered;

    public IcePath Path => new(Local.Socket, Remote.Candidate.Address, Local.Candidate.Type, Remote.Candidate.Type);

    public void SetPriority(IceRole role)
    {
        var (mine, theirs) = (Local.Candidate.Priority, Remote.Candidate.Priority);
        Priority = role == IceRole.Controlling ? CandidatePriority.OfPair(mine, theirs) : CandidatePriority.OfPair(theirs, mine);
    }

    public bool HasFoundationOf(CandidatePair other) =>
        Local.Candidate.Foundation == other.Local.Candidate.Foundation && Remote.Candidate.Foundation == other.Remote.Candidate.Foundation;

    public bool IsOver(int socket, in TransportAddress remote) => Local.Socket == socket && Remote.Candidate.Address == remote;

    /// <summary>Starts anew, as if nothing had been sent.</summary>
    public void Retry()
    {
        State = PairState.Waiting;
        IsBehind = false;
        Unanswered = 0;
        UnansweredSince = long.MaxValue;
    }

    public void OnSent(in SentCheck check, long now)
    {
        _sent[_sentCount++ % SentChecks.Count] = check;
        IsTriggered = false;
        UnansweredSince = Unanswered++ == 0 ? now : UnansweredSince;
    }

    public bool TryFindSent(TransactionId id, out SentCheck check)
    {
        foreach (ref readonly var sent in ((ReadOnlySpan<SentCheck>)_sent)[..Math.Min(_sentCount, SentChecks.Count)])
        {
            if (sent.Id == id)
            {
                check = sent;
                return true;
            }
        }

        check = default;
        return false;
    }

    /// <summary>A check was answered: further answers to it are not taken.</summary>
    public void Forget(TransactionId id)
    {
        foreach (ref var sent in (Span<SentCheck>)_sent)
        {
            sent = sent.Id == id ? default : sent;
        }
    }

    public void OnAnswered(long now)
    {
        State = PairState.Succeeded;
        IsAuthenticated = true;
        Unanswered = 0;
        UnansweredSince = long.MaxValue;
        LastAnswer = now;
    }

    [InlineArray(Count)]
    private struct SentChecks
    {
        public const int Count = 8;

        private SentCheck _first;
    }
}
