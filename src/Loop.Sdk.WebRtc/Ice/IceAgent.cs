using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>
/// A full ICE agent for one component (RFC 8445, RFC 8838, RFC 7675). It does no I/O and has no lock, timer or thread: whoever drives it holds a lock, numbers its sockets, and polls.
/// <list type="number">
/// <item>After each call that changes anything, and whenever <see cref="NextTimeout"/> has come (then after <see cref="Timeout"/>), call <see cref="Write"/> until it returns 0, and send what it
/// wrote; then <see cref="TryReadEvent"/> until it returns false; then wait until <see cref="NextTimeout"/>. Datagrams that are <see cref="DatagramKind.Data"/> change nothing.</item>
/// <item>Show every datagram of each socket to <see cref="Receive"/>. A relay is a socket like others: the driver unwraps what comes from the allocation, and wraps what is written for it.</item>
/// <item>Send data to <see cref="Path"/>, and none while there is none. Take data only if <see cref="Receive"/> says that it is data.</item>
/// </list>
/// Times are microseconds of one monotonic clock. The peer's messages never make a call throw.
/// </summary>
internal sealed partial class IceAgent
{
    /// <summary>The buffer that <see cref="Write"/> needs, in bytes.</summary>
    public const int MaxDatagram = 640;

    // The first bytes that are DTLS's (RFC 7983).
    private const byte FirstDtls = 20;
    private const byte LastDtls = 63;

    private readonly IceSettings _settings;
    private readonly ulong _tieBreaker;
    private readonly Queue<PendingResponse> _responses = [];
    private readonly Queue<IceEvent> _events = [];

    private CheckList _current;
    private CheckList? _previous;
    private CandidatePair? _nominating;
    private long _previousUntil = long.MaxValue;
    private long _paceAt = long.MinValue;
    private long _nominateAt = long.MaxValue;
    private long _reviveAt = long.MinValue;

    public IceAgent(IceSettings settings)
    {
        _settings = settings;
        _current = new CheckList(settings.Credentials);
        Role = settings.Role;
        Span<byte> bytes = stackalloc byte[8];
        settings.Random(bytes);
        _tieBreaker = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public IceRole Role { get; private set; }

    public IceState State { get; private set; }

    /// <summary>Where data goes; none until a check was answered, and once the peer's consent has run out.</summary>
    public IcePath Path { get; private set; }

    /// <summary>This end's credentials of the newest session.</summary>
    public IceCredentials LocalCredentials => _current.Local;

    /// <summary>The peer's credentials of the newest session, once they are known.</summary>
    public IceCredentials? RemoteCredentials => _current.Remote;

    /// <summary>Whether a pair of the newest session has been nominated, by whichever end has to.</summary>
    public bool IsSettled => _current.Selected is not null;

    /// <summary>When <see cref="Timeout"/> is to be called: 0 for at once, <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout
    {
        get
        {
            if (_responses.Count > 0)
            {
                return 0;
            }

            var path = PathPair;
            var next = Math.Min(_previousUntil, _nominateAt);
            if (_current.Remote is not null && !_current.HasFailed)
            {
                foreach (var pair in _current.Pairs)
                {
                    next = Math.Min(next, pair == path ? long.MaxValue : NextOf(pair));
                }

                next = _current.Best is null ? Math.Min(next, _current.StartedAt + (_current.AreAllFailed ? IceTiming.Patience : IceTiming.Timeout)) : next;
            }

            return path is null ? next : Math.Min(next, NextOfPath(path));
        }
    }

    private CandidatePair? PathPair => _current.Selected ?? _previous?.Best ?? _current.Best;

    /// <summary>Takes a role, before checks begin: the end that makes the first offer is controlling.</summary>
    public void SetRole(IceRole role)
    {
        if (role != Role)
        {
            Role = role;
            _nominating = null;
            foreach (var pair in _current.Pairs)
            {
                pair.IsNominated = false;
            }

            _current.SortPairs(role);
        }
    }

    /// <summary>Adds a socket of this end. Reflexive candidates are for telling the peer only: their sockets are here already, as hosts. Bounded: further ones are passed over.</summary>
    /// <param name="candidate">The host or relayed candidate.</param>
    /// <param name="socket">The driver's number of the socket or allocation; unique within an ICE session.</param>
    /// <param name="now">The time.</param>
    public void AddLocalCandidate(in Candidate candidate, int socket, long now)
    {
        if (candidate.IsUsable && (candidate.Type == CandidateType.Relayed || (candidate.Type == CandidateType.Host && !_settings.IsRelayOnly)))
        {
            _current.AddLocal(candidate, socket, Role);
            Advance(now);
        }
    }

    /// <summary>Takes a socket away that is broken, or an allocation that is lost.</summary>
    public void RemoveLocalCandidate(int socket, long now)
    {
        _current.RemoveLocal(socket);
        _previous?.RemoveLocal(socket);
        _nominating = _nominating?.Local.Socket == socket ? null : _nominating;
        Advance(now);
    }

    /// <summary>This end has no more candidates for this session.</summary>
    public void EndOfLocalCandidates(long now)
    {
        _current.HasAllLocals = true;
        Advance(now);
    }

    /// <summary>Takes the peer's credentials, upon which checks begin. The same ones again change nothing.</summary>
    /// <param name="credentials">From its description.</param>
    /// <param name="isLite">Whether the description says <c>ice-lite</c>: this end is then controlling.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">This session has others already: the peer has restarted, and <see cref="Restart"/> was not called first.</exception>
    public void SetRemoteCredentials(IceCredentials credentials, bool isLite, long now)
    {
        if (_current.Remote is { } known)
        {
            if (!known.IsSame(credentials))
            {
                throw new InvalidOperationException("The peer's new credentials belong to a new ICE session.");
            }

            return;
        }

        if (isLite)
        {
            SetRole(IceRole.Controlling);
        }

        _current.SetRemote(credentials, isLite, now);
        Advance(now);
    }

    /// <summary>
    /// Adds a candidate of the peer. Those that cannot be used (TCP, other components, names not yet resolved, addresses of many hosts) and those of other sessions are passed over.
    /// Their number is bounded.
    /// </summary>
    public void AddRemoteCandidate(in Candidate candidate, long now)
    {
        var stale = candidate.UsernameFragment is { } name && name != (_current.Remote?.UsernameFragment ?? name);
        if (candidate.IsUsable && !stale && candidate.UsernameFragment != (_previous?.Remote?.UsernameFragment ?? ""))
        {
            _current.AddRemote(candidate, Role);
            Advance(now);
        }
    }

    /// <summary>The peer has no more candidates for this session.</summary>
    public void EndOfRemoteCandidates(long now)
    {
        _current.HasAllRemotes = true;
        Advance(now);
    }

    /// <summary>Begins a new ICE session: both ends need new credentials, and candidates again. The old path carries data, as long as the peer consents, until the new session has nominated one.</summary>
    public void Restart(IceCredentials credentials, long now)
    {
        // Two restarts without a path between them: the one that works is kept.
        _previous = _current.Best is not null || _previous is null ? _current : _previous;
        _current = new CheckList(credentials);
        _nominating = null;
        _previousUntil = _nominateAt = long.MaxValue;
        Advance(now);
    }

    /// <summary>Takes a restart back that the peer has not answered: the offer that told of it was rolled back.</summary>
    public void RollBack(long now)
    {
        if (_current.Remote is null && _previous is not null)
        {
            _current = _previous;
            _previous = null;
            _current.SortPairs(Role);
            Advance(now);
        }
    }

    /// <summary>Takes a datagram in.</summary>
    /// <param name="socket">The socket or allocation that it came to.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="datagram">The datagram, which is not kept.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is data of the peer, which only an address that has passed a check can send.</returns>
    public DatagramKind Receive(int socket, in TransportAddress from, ReadOnlySpan<byte> datagram, long now)
    {
        if (!StunMessage.IsStun(datagram))
        {
            return !datagram.IsEmpty && datagram[0] is >= FirstDtls and <= LastDtls && IsKnown(socket, from) ? DatagramKind.Data : DatagramKind.Discarded;
        }

        var taken = StunMessage.TryRead(datagram, out var message) && message.Method == StunMethod.Binding && message.Class switch
        {
            StunClass.Request => TakeCheck(message, socket, from, now),
            StunClass.Success or StunClass.Error => TakeAnswer(message, socket, from, now),
            _ => false,
        };
        if (taken)
        {
            Advance(now);
        }

        return taken ? DatagramKind.Stun : DatagramKind.Discarded;
    }

    /// <summary>Does what is due. Call <see cref="Write"/> after it.</summary>
    public void Timeout(long now)
    {
        var path = PathPair;
        foreach (var pair in _current.Pairs)
        {
            if (pair != path && pair.IsExhausted && pair.NextCheck <= now)
            {
                Fail(pair);
            }
        }

        if (path is not null)
        {
            Watch(path, now);
        }

        if (_previousUntil <= now)
        {
            _previous = null;
            _previousUntil = long.MaxValue;
        }

        Advance(now);
    }

    /// <summary>Writes the next datagram that is to be sent now. Checks are paced: see <see cref="NextTimeout"/>.</summary>
    /// <param name="datagram">At least <see cref="MaxDatagram"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <param name="socket">The socket or allocation to send from.</param>
    /// <param name="to">Where to.</param>
    /// <returns>The datagram's length, 0 if there is none now.</returns>
    public int Write(Span<byte> datagram, long now, out int socket, out TransportAddress to)
    {
        if (_responses.TryDequeue(out var response))
        {
            (socket, to) = (response.Socket, response.To);
            return IceMessages.WriteResponse(datagram, response);
        }

        var (list, pair) = now < _paceAt ? default : (_current, _current.Pick(now));
        if (pair is null && now >= _paceAt && _previous is { Best: { } old } && _current.Selected is null && old.NextCheck <= now)
        {
            (list, pair) = (_previous, old);
        }

        if (pair is null)
        {
            (socket, to) = (0, default);
            return 0;
        }

        (socket, to) = (pair.Local.Socket, pair.Remote.Candidate.Address);
        return WriteCheck(datagram, list, pair, now);
    }

    /// <summary>Takes the next event.</summary>
    public bool TryReadEvent(out IceEvent happened) => _events.TryDequeue(out happened);

    private int WriteCheck(Span<byte> datagram, CheckList list, CandidatePair pair, long now)
    {
        if (pair.State is PairState.Waiting or PairState.Failed)
        {
            pair.Retry();
            list.Hold(pair, true);
            pair.State = PairState.InProgress;
        }

        var nominates = Role == IceRole.Controlling && pair.IsNominated;
        var check = new SentCheck(TransactionId.Create(_settings.Random), Role, nominates);
        pair.OnSent(check, now);
        pair.NextCheck = now + (pair.State == PairState.InProgress || pair == _nominating
            ? IceTiming.FirstRetry << Math.Min(pair.Unanswered - 1, IceTiming.MaxDoublings)
            : IceTiming.Unanswered);
        _paceAt = now + IceTiming.Pace;
        return IceMessages.WriteCheck(datagram, check.Id, list, pair, Role, _tieBreaker, nominates);
    }

    private bool IsKnown(int socket, in TransportAddress from) =>
        (from == Path.Remote && socket == Path.Socket) || _current.FindPair(socket, from) is { IsAuthenticated: true } || _previous?.FindPair(socket, from) is { IsAuthenticated: true };
}
