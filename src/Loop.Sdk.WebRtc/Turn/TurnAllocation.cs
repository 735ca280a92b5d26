using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>
/// An allocation on a TURN server (RFC 8656). It does no I/O; the driver owns the flow to the server (UDP, TCP or TLS, the latter two through <see cref="StreamFramer"/>) and polls:
/// <list type="number">
/// <item>After <see cref="Start"/>, <see cref="Permit"/>, <see cref="Bind"/>, <see cref="Close"/>, <see cref="Wrap"/> that returned 0, <see cref="TurnReceived.Control"/> and
/// <see cref="Timeout"/>: call <see cref="Write"/> until it returns 0 and send each message to the server; look at <see cref="State"/>; wait until <see cref="NextTimeout"/>.</item>
/// <item>Show each message of the server, and of nobody else, to <see cref="Receive"/>.</item>
/// <item>When it is <see cref="TurnState.Ready"/>, <see cref="Relayed"/> and <see cref="RelayedV6"/> are candidates; what the ICE agent writes for them goes through <see cref="Wrap"/>. Permissions come by
/// themselves; when the agent's path goes through the relay, <see cref="Bind"/> makes datagrams shorter and cheaper.</item>
/// </list>
/// Times are microseconds of one monotonic clock. Nothing that comes makes a call throw.
/// </summary>
internal sealed partial class TurnAllocation(TurnSettings settings)
{
    /// <summary>The buffer that <see cref="Write"/> needs, in bytes.</summary>
    public const int MaxMessage = 2560;

    /// <summary>What <see cref="Wrap"/> adds to a datagram at most, in bytes.</summary>
    public const int MaxOverhead = 20 + 24 + 4 + 3;

    private const uint UdpTransport = 17u << 24;

    private readonly TurnCredentials _credentials = new(settings.Username, settings.Password);
    private readonly List<TurnTransaction> _transactions = [];
    private readonly List<TurnPeer> _peers = [];
    private long _refreshAt = long.MaxValue;
    private ushort _nextChannel = TurnTiming.FirstChannel;

    public TurnState State { get; private set; }

    public TurnFailure Failure { get; private set; }

    /// <summary>The number of the server's error, or 0.</summary>
    public int ErrorCode { get; private set; }

    /// <summary>The relayed address of IPv4, or of the one family that was asked for; none if the server gave none.</summary>
    public TransportAddress Relayed { get; private set; }

    /// <summary>The relayed address of IPv6; none if the server gave none.</summary>
    public TransportAddress RelayedV6 { get; private set; }

    /// <summary>How the server sees this end: over UDP, a server-reflexive address.</summary>
    public TransportAddress Mapped { get; private set; }

    /// <summary>The server to ask instead, after <see cref="TurnFailure.TryAlternate"/>.</summary>
    public TransportAddress Alternate { get; private set; }

    public long NextTimeout
    {
        get
        {
            var next = State == TurnState.Ready ? _refreshAt : long.MaxValue;
            foreach (var transaction in _transactions)
            {
                next = Math.Min(next, transaction.Retry.Next);
            }

            foreach (var peer in _peers)
            {
                next = peer is { IsPermitted: true, Held: not null } ? 0 : Math.Min(next, Math.Min(peer.PermissionDue, peer.ChannelDue));
            }

            return next;
        }
    }

    public void Start(long now)
    {
        State = TurnState.Allocating;
        Request(StunMethod.Allocate, null, now);
    }

    /// <summary>Lets a peer's datagrams through, before anything is sent to it: call it for each candidate of the peer, which saves a round trip.</summary>
    public void Permit(in TransportAddress peer, long now)
    {
        if (State == TurnState.Ready && Find(peer, now) is { } known)
        {
            known.LastUsed = now;
        }
    }

    /// <summary>Asks for a channel to a peer.</summary>
    public void Bind(in TransportAddress peer, long now)
    {
        if (State == TurnState.Ready && Find(peer, now) is { IsRefused: false, WantsChannel: false } known)
        {
            known.WantsChannel = true;
            Request(StunMethod.ChannelBind, known, now);
        }
    }

    /// <summary>Gives the allocation back. The server forgets it by itself if that is not heard.</summary>
    public void Close(long now)
    {
        _transactions.Clear();
        _peers.Clear();
        if (State == TurnState.Ready)
        {
            State = TurnState.Closing;
            Request(StunMethod.Refresh, null, now);
        }
        else if (State != TurnState.Closing)
        {
            State = TurnState.Closed;
        }
    }

    /// <summary>Does what is due. Call <see cref="Write"/> after it.</summary>
    public void Timeout(long now)
    {
        for (var i = _transactions.Count - 1; i >= 0; i--)
        {
            if (_transactions[i] is var transaction && transaction.Retry.IsOver(now))
            {
                _transactions.RemoveAt(i);
                Refuse(transaction, TurnFailure.NoAnswer, 0);
                i = Math.Min(i, _transactions.Count);
            }
        }

        if (State != TurnState.Ready)
        {
            return;
        }

        if (_refreshAt <= now)
        {
            _refreshAt = long.MaxValue;
            Request(StunMethod.Refresh, null, now);
        }

        for (var i = _peers.Count - 1; i >= 0; i--)
        {
            Renew(_peers[i], now);
        }
    }

    /// <summary>Writes the next message to the server.</summary>
    /// <param name="message">At least <see cref="MaxMessage"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its length, 0 if there is none now.</returns>
    public int Write(Span<byte> message, long now)
    {
        foreach (var transaction in _transactions)
        {
            if (transaction.Retry.IsDue(now))
            {
                transaction.Retry.OnSent(now);
                return WriteRequest(message, transaction);
            }
        }

        foreach (var peer in _peers)
        {
            if (peer is { IsPermitted: true, Held: { } held })
            {
                peer.Held = null;
                return WrapSend(peer.Address, held, message);
            }
        }

        return 0;
    }

    private int WriteRequest(Span<byte> message, TurnTransaction transaction)
    {
        var writer = new StunWriter(message, transaction.Method, StunClass.Request, transaction.Id);
        switch (transaction.Method)
        {
            case StunMethod.Allocate:
                writer.Add(StunAttribute.RequestedTransport, UdpTransport);
                if (settings.Family != TurnFamily.V4)
                {
                    writer.Add(settings.Family == TurnFamily.V6 ? StunAttribute.RequestedAddressFamily : StunAttribute.AdditionalAddressFamily, 2u << 24);
                }

                break;
            case StunMethod.Refresh:
                if (State == TurnState.Closing)
                {
                    writer.Add(StunAttribute.Lifetime, 0u);
                }

                break;
            case StunMethod.ChannelBind:
                writer.Add(StunAttribute.ChannelNumber, (uint)transaction.Peer!.Channel << 16);
                writer.Add(StunAttribute.XorPeerAddress, transaction.Peer.Address);
                break;
            default:
                writer.Add(StunAttribute.XorPeerAddress, transaction.Peer!.Address);
                break;
        }

        transaction.IsAuthenticated = _credentials.IsKnown;
        if (_credentials.IsKnown)
        {
            _credentials.Add(ref writer);
        }

        writer.AddFingerprint();
        return writer.Length;
    }

    private void Request(StunMethod method, TurnPeer? peer, long now)
    {
        var transaction = new TurnTransaction(method, peer);
        transaction.Start(settings.Random, settings.IsReliable, now);
        _transactions.Add(transaction);
    }

    private void Renew(TurnPeer peer, long now)
    {
        var isUsed = now - peer.LastUsed < TurnTiming.Permission;
        if (peer.PermissionDue <= now)
        {
            peer.PermissionDue = long.MaxValue;
            if (isUsed)
            {
                Request(StunMethod.CreatePermission, peer, now);
            }
            else
            {
                peer.IsPermitted = false;
            }
        }

        if (peer.ChannelDue <= now)
        {
            peer.ChannelDue = long.MaxValue;
            peer.IsBound = peer.WantsChannel = isUsed;
            if (isUsed)
            {
                Request(StunMethod.ChannelBind, peer, now);
            }
        }
    }

    // The peer with this address; a new one asks for permission at once. Null if there are too many that are in use.
    private TurnPeer? Find(in TransportAddress address, long now)
    {
        foreach (var known in _peers)
        {
            if (known.Address == address)
            {
                if (known is { IsPermitted: false, IsRefused: false } && !IsAsked(known))
                {
                    Request(StunMethod.CreatePermission, known, now);
                }

                return known;
            }
        }

        if (_peers.Count == TurnTiming.MaxPeers && !Forget())
        {
            return null;
        }

        var added = new TurnPeer(address, _nextChannel++);
        _peers.Add(added);
        Request(StunMethod.CreatePermission, added, now);
        return added;
    }

    private bool IsAsked(TurnPeer peer)
    {
        foreach (var transaction in _transactions)
        {
            if (transaction.Peer == peer && transaction.Method == StunMethod.CreatePermission)
            {
                return true;
            }
        }

        return false;
    }

    // A channel's number stays its peer's, so peers that have one are kept.
    private bool Forget()
    {
        var oldest = _peers.Where(static peer => !peer.WantsChannel).MinBy(static peer => peer.LastUsed);
        if (oldest is null || _nextChannel == TurnTiming.FirstChannel + 0xFFF)
        {
            return false;
        }

        _transactions.RemoveAll(transaction => transaction.Peer == oldest);
        return _peers.Remove(oldest);
    }
}
