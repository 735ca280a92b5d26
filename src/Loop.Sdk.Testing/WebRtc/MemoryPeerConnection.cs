using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>One end of a connection in memory: the exchange of descriptions, and whether there is a path.</summary>
internal sealed class MemoryPeerConnection : IPeerConnection
{
    private const long UnknownSize = 65_536;

    private readonly MemoryPeerNetwork _network;
    private readonly Channel<PeerSignal> _signals = Channel.CreateUnbounded<PeerSignal>();
    private readonly HashSet<string> _reachable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly string _fingerprint = Guid.NewGuid().ToString("N");
    private TaskCompletionSource _stateChanged = NewSource();
    private MemoryDescription? _local;
    private MemoryDescription? _remote;
    private MemoryDescription? _offered;
    private SessionDescription? _localText;
    private SessionDescription? _offeredText;
    private SessionDescription? _remoteText;
    private MemoryDescription? _received;
    private IReadOnlyList<IceServer> _servers;
    private bool _wantsRestart;
    private bool _told;
    private bool _exchanged;
    private int _watch;
    private PeerConnectionState _watched;

    public MemoryPeerConnection(MemoryPeerNetwork network, string host, PeerConnectionOptions options)
    {
        _network = network;
        Host = host;
        Options = options;
        _servers = options.IceServers;
        Channels = new MemoryChannels(this);
    }

    public string Host { get; }

    public PeerConnectionOptions Options { get; }

    public MemoryPeerNetwork Network => _network;

    public MemoryChannels Channels { get; }

    /// <summary>The other end, once connected for the first time.</summary>
    public MemoryPeerConnection? Peer { get; private set; }

    /// <summary>Whether this end answered first: then its channels have even ids.</summary>
    public bool IsClient { get; private set; }

    public SignalingState SignalingState { get; private set; }

    public PeerConnectionState State { get; private set; }

    public SessionDescription? LocalDescription => _offeredText ?? _localText;

    public SessionDescription? RemoteDescription => _remoteText;

    public long MaxMessageSize => (_received ?? _remote) is { } remote ? remote.MaxMessageSize : UnknownSize;

    /// <summary>Whether something sent now arrives.</summary>
    public bool IsPath => Peer is { } peer && State != PeerConnectionState.Closed && _network.IsOpen(Host, peer.Host);

    public Task<SessionDescription> SetLocalDescriptionAsync(CancellationToken cancellationToken = default) =>
        DoAsync(() => SignalingState == SignalingState.HaveRemoteOffer ? Answer() : Offer(), cancellationToken);

    public Task RollbackAsync(CancellationToken cancellationToken = default) => DoAsync(
        () =>
        {
            if (SignalingState == SignalingState.HaveLocalOffer)
            {
                TakeBack();
                SignalingState = SignalingState.Stable;
                TellIfNeeded();
            }

            return true;
        },
        cancellationToken);

    public Task SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        return DoAsync(() => Take(description), cancellationToken);
    }

    public Task AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return DoAsync(() => Take(candidate), cancellationToken);
    }

    public void RestartIce()
    {
        lock (_network.Lock)
        {
            if (SignalingState != SignalingState.Closed)
            {
                _wantsRestart = true;
                TellIfNeeded();
            }
        }
    }

    public void SetIceServers(IReadOnlyList<IceServer> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        lock (_network.Lock)
        {
            _servers = servers;
        }
    }

    public IDataChannel CreateDataChannel(string label, DataChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        lock (_network.Lock)
        {
            ThrowIfClosed();
            var channel = Channels.Create(label, options ?? new DataChannelOptions());
            TellIfNeeded();
            return channel;
        }
    }

    public IAsyncEnumerable<IDataChannel> IncomingChannelsAsync(CancellationToken cancellationToken = default) => Channels.Incoming.Reader.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<PeerSignal> SignalsAsync(CancellationToken cancellationToken = default) => _signals.Reader.ReadAllAsync(cancellationToken);

    public async IAsyncEnumerable<PeerConnectionState> StateChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        PeerConnectionState? seen = null;
        while (seen != PeerConnectionState.Closed)
        {
            Task changed;
            PeerConnectionState state;
            lock (_network.Lock)
            {
                (changed, state) = (_stateChanged.Task, State);
            }

            if (state != seen)
            {
                seen = state;
                yield return state;
                continue;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_network.Lock)
        {
            var peer = IsPath ? Peer : null;
            Close();
            if (peer is not null)
            {
                _network.After(_network.Latency, peer.Close);
            }
        }

        return default;
    }

    /// <summary>Looks at what is known of the path, and becomes what follows from that. Under the lock.</summary>
    public void Look()
    {
        if (State == PeerConnectionState.Closed || _local is null || _remote is null)
        {
            return;
        }

        var peer = _network.Find(_remote.Ufrag);
        var isPath = peer is not null && peer._remote?.Ufrag == _local.Ufrag && peer._local?.Ufrag == _remote.Ufrag
            && _own.Contains(_local.Ufrag) && peer._own.Contains(_remote.Ufrag)
            && (_reachable.Contains(_remote.Ufrag) || peer._reachable.Contains(_local.Ufrag)) && _network.IsOpen(Host, peer.Host);
        if (!isPath)
        {
            Miss();
        }
        else if (peer!._fingerprint != _remote.Fingerprint || peer._remote!.Fingerprint != _fingerprint)
        {
            // The handshake fails at both ends.
            Become(PeerConnectionState.Failed);
            peer.Become(PeerConnectionState.Failed);
        }
        else if (State == PeerConnectionState.Connected)
        {
            _watch++;
            _watched = PeerConnectionState.Connected;
            Channels.Move();
            peer.Channels.Move();
        }
        else if (State != PeerConnectionState.Failed)
        {
            Expect(PeerConnectionState.Connected, _network.Latency * 2, () => Connect(peer));
        }
    }

    public void ThrowIfClosed()
    {
        if (State == PeerConnectionState.Closed)
        {
            throw new LoopException(ErrorCodes.Closed, "The connection was closed.");
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<T> DoAsync<T>(Func<T> step, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_network.Lock)
        {
            try
            {
                ThrowIfClosed();
                return Task.FromResult(step());
            }
            catch (LoopException error)
            {
                return Task.FromException<T>(error);
            }
        }
    }

    private bool Take(SessionDescription description)
    {
        var read = MemoryDescription.Read(description);
        if (description.Type == SdpType.Offer)
        {
            TakeBack();
            _received = read;
            _remoteText = description;
            SignalingState = SignalingState.HaveRemoteOffer;
            return true;
        }

        if (SignalingState != SignalingState.HaveLocalOffer)
        {
            throw new LoopException(ErrorCodes.InvalidState, "There is no offer to answer.");
        }

        _remoteText = description;
        Settle(_offered!, _offeredText!, read);
        return true;
    }

    private bool Take(IceCandidate candidate)
    {
        if (candidate.Candidate.Length > 0 && !candidate.Candidate.StartsWith("candidate:", StringComparison.Ordinal))
        {
            throw new LoopException(ErrorCodes.InvalidCandidate, "It is no candidate.");
        }

        if (_received is null && _remote is null)
        {
            throw new LoopException(ErrorCodes.InvalidState, "There is no description of the peer yet.");
        }

        if (candidate.Candidate.Length > 0 && candidate.UsernameFragment is { } ufrag && _reachable.Add(ufrag))
        {
            Look();
        }

        return true;
    }

    private SessionDescription Offer()
    {
        TakeBack();
        _offered = Describe(isNew: _wantsRestart || _local is null);
        _offeredText = new SessionDescription(SdpType.Offer, _offered.Write());
        SignalingState = SignalingState.HaveLocalOffer;
        _told = false;
        Gather(_offered);
        return _offeredText;
    }

    private SessionDescription Answer()
    {
        var answer = Describe(isNew: _wantsRestart || _local is null || _received!.Ufrag != _remote?.Ufrag);
        IsClient = _exchanged ? IsClient : true;
        var text = new SessionDescription(SdpType.Answer, answer.Write());
        Gather(answer);
        Settle(answer, text, _received!);
        return text;
    }

    private MemoryDescription Describe(bool isNew)
    {
        var ufrag = isNew ? Guid.NewGuid().ToString("N") : _local!.Ufrag;
        _network.Register(ufrag, this);
        return new MemoryDescription(ufrag, _fingerprint, Options.MaxMessageSize);
    }

    private void Gather(MemoryDescription description)
    {
        if (description.Ufrag == _local?.Ufrag)
        {
            return;
        }

        // Over relays only, there has to be one.
        var isRelayed = Options.TransportPolicy == IceTransportPolicy.Relay;
        if (!isRelayed || _servers.Any(static server => server.Urls.Any(static url => url.StartsWith("turn", StringComparison.Ordinal))))
        {
            _signals.Writer.TryWrite(new CandidateFound(new IceCandidate($"candidate:1 1 udp 1 {Host} 9 typ {(isRelayed ? "relay" : "host")}", "0", 0, description.Ufrag)));
            _own.Add(description.Ufrag);
        }

        _signals.Writer.TryWrite(new CandidateFound(new IceCandidate("", "0", 0, description.Ufrag)));
    }

    private void Settle(MemoryDescription local, SessionDescription text, MemoryDescription remote)
    {
        var isRestart = _remote is not null && (_local!.Ufrag != local.Ufrag || _remote.Ufrag != remote.Ufrag);
        if (_local is not null && _local.Ufrag != local.Ufrag)
        {
            _network.Unregister(_local.Ufrag);
        }

        (_local, _localText, _remote) = (local, text, remote);
        (_offered, _offeredText, _received) = (null, null, null);
        _exchanged = true;
        _wantsRestart = false;
        SignalingState = SignalingState.Stable;
        _watch++;
        _watched = State;
        if (State is PeerConnectionState.New || (isRestart && State is PeerConnectionState.Failed or PeerConnectionState.Disconnected))
        {
            Become(PeerConnectionState.Connecting);
        }

        _told = false;
        TellIfNeeded();
        Look();
        _network.Find(remote.Ufrag)?.Look();
    }

    // Rolls this end's pending offer back.
    private void TakeBack()
    {
        if (_offered is { } offered)
        {
            if (offered.Ufrag != _local?.Ufrag)
            {
                _network.Unregister(offered.Ufrag);
            }

            (_offered, _offeredText) = (null, null);
        }

        _received = null;
    }

    private void TellIfNeeded()
    {
        var isNeeded = _wantsRestart || (!_exchanged && Channels.HasAny);
        if (isNeeded && SignalingState == SignalingState.Stable && !_told)
        {
            _told = true;
            _signals.Writer.TryWrite(new NegotiationNeeded());
        }
    }

    private void Connect(MemoryPeerConnection peer)
    {
        if (peer.State == PeerConnectionState.Closed)
        {
            return;
        }

        (Peer, peer.Peer) = (peer, this);
        Become(PeerConnectionState.Connected);
        peer.Become(PeerConnectionState.Connected);
        Channels.Connected();
        peer.Channels.Connected();
    }

    private void Miss()
    {
        switch (State)
        {
            case PeerConnectionState.New or PeerConnectionState.Connecting:
                Expect(PeerConnectionState.Failed, _network.FailAfter, () => Become(PeerConnectionState.Failed));
                break;
            case PeerConnectionState.Connected:
                Expect(PeerConnectionState.Disconnected, _network.DisconnectAfter, () =>
                {
                    Become(PeerConnectionState.Disconnected);
                    Miss();
                });
                break;
            case PeerConnectionState.Disconnected:
                Expect(PeerConnectionState.Failed, _network.FailAfter, () => Become(PeerConnectionState.Failed));
                break;
        }
    }

    // Something else may be expected by then.
    private void Expect(PeerConnectionState state, TimeSpan delay, Action action)
    {
        if (_watched == state && State != state)
        {
            return;
        }

        _watched = state;
        var watch = ++_watch;
        _network.After(delay, () =>
        {
            if (watch == _watch && State != PeerConnectionState.Closed)
            {
                action();
            }
        });
    }

    private void Become(PeerConnectionState state)
    {
        if (State == state || State == PeerConnectionState.Closed)
        {
            return;
        }

        State = state;
        _watch++;
        _watched = state;
        var changed = _stateChanged;
        _stateChanged = NewSource();
        changed.TrySetResult();
    }

    private void Close()
    {
        if (State == PeerConnectionState.Closed)
        {
            return;
        }

        TakeBack();
        if (_local is not null)
        {
            _network.Unregister(_local.Ufrag);
        }

        SignalingState = SignalingState.Closed;
        Become(PeerConnectionState.Closed);
        Channels.Close();
        _signals.Writer.TryComplete();
    }
}
