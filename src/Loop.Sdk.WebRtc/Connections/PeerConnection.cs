using System.Threading.Channels;
using Loop.Sdk.WebRtc.DataChannels;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sdp;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A connection as its user sees it: the descriptions, the states and the channels. Everything else is the driver's, whose lock this uses.</summary>
internal sealed partial class PeerConnection : IPeerConnection
{
    private const int MostSignals = 1024;

    private readonly PeerDriver _driver;
    private readonly Negotiation _negotiation;
    private readonly RemoteCandidates _remoteCandidates;
    private readonly StateBroadcast _state = new();
    private readonly Channel<PeerSignal> _signals = Channel.CreateBounded<PeerSignal>(new BoundedChannelOptions(MostSignals) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<IDataChannel> _incoming = Channel.CreateUnbounded<IDataChannel>();
    private readonly HashSet<PeerDataChannel> _channels = [];
    private IReadOnlyList<IceServer> _servers;
    private bool _hasHadChannels;
    private bool _isNegotiationAsked;
    private bool _isDescribing;

    public PeerConnection(PeerConnectionOptions options, PeerConnectionFactoryOptions factoryOptions, ConnectionTimers timers, DtlsCertificate certificate, ILogger logger)
    {
        _driver = new PeerDriver(this, options, factoryOptions, timers, certificate, logger);
        _negotiation = new Negotiation(_driver.Credentials, certificate.Fingerprint, options.MaxMessageSize);
        _remoteCandidates = new RemoteCandidates(_driver);
        _servers = options.IceServers;
        WebRtcMetrics.Opened();
    }

    public SignalingState SignalingState => _negotiation.State;

    public PeerConnectionState State => _state.State;

    public bool IsClosed => State == PeerConnectionState.Closed;

    public SessionDescription? LocalDescription
    {
        get
        {
            lock (_driver.Gate)
            {
                return _negotiation.Local is { } local ? Write(local.Type, WithCandidates(local.Description)) : null;
            }
        }
    }

    public SessionDescription? RemoteDescription
    {
        get
        {
            lock (_driver.Gate)
            {
                return _negotiation.Remote is { } remote ? Write(remote.Type, remote.Description) : null;
            }
        }
    }

    public long MaxMessageSize => _negotiation.Agreed?.MaxMessageSize ?? SdpMedia.DefaultMaxMessageSize;

    public Task<SessionDescription> SetLocalDescriptionAsync(CancellationToken cancellationToken = default) => Run(
        now =>
        {
            var isRestarting = _negotiation.IsOfferedRestart;
            var isAnswer = _negotiation.SetLocal(NewCredentials);
            _isNegotiationAsked = false;

            // What is known already goes with the description; the rest follows.
            _isDescribing = true;
            if (isAnswer)
            {
                Agree(now);
            }
            else if (_negotiation.IsOfferedRestart && !isRestarting)
            {
                _driver.Restart(_negotiation.Credentials, now);
                _driver.Gather(_servers, now);
            }
            else if (!_driver.HasGathered)
            {
                _driver.Gather(_servers, now);
            }

            _isDescribing = false;
            _driver.Flush(now);
            return LocalDescription!;
        },
        cancellationToken);

    public Task RollbackAsync(CancellationToken cancellationToken = default) => Run(
        now =>
        {
            RollBack(_negotiation.RollBackLocal, now);
            return true;
        },
        cancellationToken);

    public Task SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken = default) => Run(
        now =>
        {
            ArgumentNullException.ThrowIfNull(description);
            if (description.Type == SdpType.Offer)
            {
                RollBack(() => _negotiation.SetRemote(SdpType.Offer, description.Sdp), now);
            }
            else if (_negotiation.SetRemote(SdpType.Answer, description.Sdp))
            {
                Agree(now);
            }

            _driver.Flush(now);
            return true;
        },
        cancellationToken);

    public Task AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken = default) => Run(
        now =>
        {
            ArgumentNullException.ThrowIfNull(candidate);
            if (_negotiation.Remote is not { Description: var remote })
            {
                throw new LoopException(ErrorCodes.InvalidState, "There is no description of the peer to which the candidate could belong.");
            }

            if (IsOfData(candidate, remote))
            {
                _remoteCandidates.Add(candidate, remote.DataTransport!.UsernameFragment, now);
                _driver.Flush(now);
            }

            return true;
        },
        cancellationToken);

    public void RestartIce()
    {
        lock (_driver.Gate)
        {
            _negotiation.WantRestart();
            CheckNegotiation();
        }
    }

    public void SetIceServers(IReadOnlyList<IceServer> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        PeerConnectionChecks.Validate(servers);
        lock (_driver.Gate)
        {
            _servers = servers;
        }
    }

    public IDataChannel CreateDataChannel(string label, DataChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        lock (_driver.Gate)
        {
            if (IsClosed || _driver.End is not null)
            {
                throw _driver.End ?? Closed();
            }

            var now = _driver.Now;
            var channel = new PeerDataChannel(_driver, _driver.Set.Open(label, options ?? new DataChannelOptions(), now));
            _channels.Add(channel);
            _hasHadChannels = true;
            CheckNegotiation();
            _driver.Flush(now);
            return channel;
        }
    }

    public IAsyncEnumerable<IDataChannel> IncomingChannelsAsync(CancellationToken cancellationToken = default) => _incoming.Reader.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<PeerSignal> SignalsAsync(CancellationToken cancellationToken = default) => _signals.Reader.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<PeerConnectionState> StateChangesAsync(CancellationToken cancellationToken = default) => _state.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        lock (_driver.Gate)
        {
            Close(Closed(), _driver.Now);
        }

        return ValueTask.CompletedTask;
    }

    private static LoopException Closed() => new(ErrorCodes.Closed, "The peer connection is closed.");

    private static IceCredentials NewCredentials() => IceCredentials.Create(System.Security.Cryptography.RandomNumberGenerator.Fill);

    private static SessionDescription Write(SdpType type, SdpDescription description) => new(type, SdpWriter.Write(description));

    // Candidates of sections that were refused are passed over.
    private static bool IsOfData(IceCandidate candidate, SdpDescription remote)
    {
        var index = remote.DataIndex;
        var mid = remote.Media[index].Mid;
        return (candidate.SdpMid is null || mid is null || candidate.SdpMid == mid || (remote.Bundle.Count > 0 && remote.Bundle[0] == candidate.SdpMid))
            && (candidate.SdpMid is not null || candidate.SdpMLineIndex is null || candidate.SdpMLineIndex == index);
    }

    // One step of the negotiation, at once and under the lock; its error is the task's.
    private Task<T> Run<T>(Func<long, T> step, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_driver.Gate)
            {
                return IsClosed ? Task.FromException<T>(Closed()) : Task.FromResult(step(_driver.Now));
            }
        }
        catch (Exception exception) when (exception is LoopException or ArgumentException)
        {
            return Task.FromException<T>(exception);
        }
    }

    private void RollBack(Func<bool> step, long now)
    {
        var isRestart = _negotiation.IsOfferedRestart;
        step();
        if (isRestart && !_negotiation.IsOfferedRestart)
        {
            _driver.RollBack(now);
            _driver.Gather(_servers, now);
        }

        CheckNegotiation();
        _driver.Flush(now);
    }

    private void Agree(long now)
    {
        var agreed = _negotiation.Agreed!;
        if (_driver.Apply(agreed, now))
        {
            _driver.Gather(_servers, now);
        }

        _remoteCandidates.Begin(agreed, now);
        CheckNegotiation();
    }

    private SdpDescription WithCandidates(SdpDescription description)
    {
        var index = description.DataIndex;
        var media = description.Media.ToArray();
        media[index] = media[index] with { Candidates = _driver.Candidates, HasAllCandidates = _driver.HasAllCandidates };
        return description with { Media = media };
    }

    private void CheckNegotiation()
    {
        if (!_isNegotiationAsked && _negotiation.IsNeeded(_hasHadChannels))
        {
            _isNegotiationAsked = true;
            _signals.Writer.TryWrite(new NegotiationNeeded());
        }
    }
}
