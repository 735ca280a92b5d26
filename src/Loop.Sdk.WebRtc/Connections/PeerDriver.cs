using System.Security.Cryptography;
using Loop.Sdk.WebRtc.DataChannels;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sctp;
using Loop.Sdk.WebRtc.Stun;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>
/// Drives the layers of a connection: datagrams from sockets to ICE, DTLS and SCTP, and what they write back to sockets. Everything runs under <see cref="Gate"/>, on whatever thread has something
/// to do, and none waits under it; the tasks of users are completed elsewhere.
/// </summary>
internal sealed partial class PeerDriver : IThreadPoolWorkItem, IDisposable
{
    private readonly PeerConnection _connection;
    private readonly ConnectionTimers _timers;
    private readonly ConnectionTimer _timer;
    private readonly DtlsCertificate _certificate;
    private readonly List<Flow> _flows = [];
    private readonly SendQueue _sendQueue = new();
    private readonly IceAgent _agent;
    private DtlsTransport? _dtls;
    private Flow? _pathFlow;
    private TransportAddress _pathRemote;
    private long _iceDue = long.MaxValue;
    private bool _isFlushQueued;
    private bool _isStarted;
    private bool _isUp;

    public PeerDriver(PeerConnection connection, PeerConnectionOptions options, PeerConnectionFactoryOptions factoryOptions, ConnectionTimers timers, DtlsCertificate certificate, ILogger logger)
    {
        _connection = connection;
        _timers = timers;
        _timer = new ConnectionTimer(timers, this);
        _certificate = certificate;
        Options = options;
        FactoryOptions = factoryOptions;
        Logger = logger;
        Closing = _closing.Token;
        Credentials = IceCredentials.Create(RandomNumberGenerator.Fill);
        _agent = new IceAgent(new IceSettings
        {
            Random = RandomNumberGenerator.Fill,
            Credentials = Credentials,
            Role = IceRole.Controlled,
            IsRelayOnly = options.TransportPolicy == IceTransportPolicy.Relay,
        });
        Set = new DataChannelSet(new SctpSettings
        {
            MaxMessageSize = options.MaxMessageSize,
            SendBuffer = options.SendBuffer,
            ReceiveBuffer = options.ReceiveBuffer,
        });
    }

    /// <summary>The connection's one lock.</summary>
    public Lock Gate { get; } = new();

    public long Now => _timers.Now;

    public PeerConnectionOptions Options { get; }

    public PeerConnectionFactoryOptions FactoryOptions { get; }

    public ILogger Logger { get; }

    /// <summary>The credentials of the first ICE session.</summary>
    public IceCredentials Credentials { get; }

    public DataChannelSet Set { get; }

    /// <summary>Cancelled when the connection is closed.</summary>
    public CancellationToken Closing { get; }

    private Agreement? Agreement { get; set; }

    /// <summary>Why channels cannot be used any more; null while they can.</summary>
    public LoopException? End { get; private set; }

    public IceState IceState => _agent.State;

    /// <summary>Whether channels can be used.</summary>
    public bool IsUp => _isUp && End is null;

    /// <summary>Whether the ends have something to agree on over a path.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>Runs what is due, and what was put off. Called by the thread pool.</summary>
    public void Execute()
    {
        lock (Gate)
        {
            _isFlushQueued = false;
            Flush(Now);
        }
    }

    /// <summary>Uses what an answer has settled: the first time to begin, later for a new ICE session.</summary>
    /// <returns>Whether a new ICE session of this end began, which needs candidates.</returns>
    public bool Apply(Agreement agreement, long now)
    {
        var isNew = !HasGathered;
        if (!_isStarted)
        {
            _isStarted = true;
            Agreement = agreement;
            _agent.SetRole(agreement.IsOfferer ? IceRole.Controlling : IceRole.Controlled);
            _agent.SetRemoteCredentials(agreement.RemoteCredentials, agreement.IsRemoteLite, now);
            EnsureDtls(agreement.IsDtlsClient ? DtlsRole.Client : DtlsRole.Server);
            _dtls!.Expect(agreement.Remote.Fingerprints);
        }
        else
        {
            Agreement = agreement;
            if (!_agent.LocalCredentials.IsSame(agreement.Local))
            {
                Restart(agreement.Local, now);
                isNew = true;
            }

            // An offer may keep the peer's credentials and yet be answered with new ones; the agent has them only once.
            if (_agent.RemoteCredentials is null)
            {
                _agent.SetRemoteCredentials(agreement.RemoteCredentials, agreement.IsRemoteLite, now);
            }
        }

        _iceDue = 0;
        return isNew;
    }

    /// <summary>Begins a new ICE session of this end, with the sockets that there are.</summary>
    public void Restart(IceCredentials credentials, long now)
    {
        _agent.Restart(credentials, now);
        _iceDue = 0;
    }

    /// <summary>Takes a restart back that the peer has not answered.</summary>
    public void RollBack(long now)
    {
        if (_isStarted)
        {
            _agent.RollBack(now);
            _iceDue = 0;
        }
    }

    public void AddRemoteCandidate(in Candidate candidate, long now)
    {
        _agent.AddRemoteCandidate(candidate, now);
        PermitOnRelays(candidate, now);
        _iceDue = 0;
    }

    public void EndOfRemoteCandidates(long now)
    {
        _agent.EndOfRemoteCandidates(now);
        _iceDue = 0;
    }

    /// <summary>Takes a datagram. <see cref="Flush"/> is to follow.</summary>
    public void OnDatagram(UdpFlow flow, in TransportAddress from, ReadOnlySpan<byte> datagram, long now)
    {
        foreach (var client in flow.Clients)
        {
            if (client.Server == from)
            {
                client.Receive(datagram, now);
                return;
            }
        }

        OnDatagram(flow.Number, from, datagram, now);
    }

    /// <summary>The same for what a relay has unwrapped.</summary>
    public void OnDatagram(int flow, in TransportAddress from, ReadOnlySpan<byte> datagram, long now)
    {
        switch (_agent.Receive(flow, from, datagram, now))
        {
            case DatagramKind.Stun:
                _iceDue = 0;
                break;
            case DatagramKind.Data when End is null:
                ReceiveData(datagram, now);
                break;
        }
    }

    /// <summary>A socket gave up.</summary>
    public void OnBroken(Flow flow)
    {
        lock (Gate)
        {
            if (End is null && _flows.Remove(flow))
            {
                flow.Close();
                _agent.RemoveLocalCandidate(flow.Number, Now);
                _iceDue = 0;
                Flush(Now);
            }
        }
    }

    /// <summary>Ends DTLS and what is above it; ICE goes on.</summary>
    public void Fail(LoopException reason, long now)
    {
        if (End is null)
        {
            Finish(reason, now);
        }
    }

    /// <summary>Closes everything; the peer is told if it can be.</summary>
    public void Shut(LoopException reason, long now)
    {
        if (End is null)
        {
            Finish(reason, now);
        }

        CloseServers(now);
        foreach (var flow in _flows)
        {
            flow.Close();
        }

        _flows.Clear();
        _pathFlow = null;
        _timer.Stop();
        Dispose();
    }

    public void Dispose()
    {
        _dtls?.Dispose();
        _closing.Dispose();
    }

    // Ends DTLS and what is above it.
    private void Finish(LoopException reason, long now)
    {
        End = reason;
        _sendQueue.Fail(null, reason);
        Set.Abort(now);
        WriteData(now, BatchPackets);
        DrainEvents(now);
        _dtls?.Close();
        WriteHandshake(now);
        _dtls?.Dispose();
        _dtls = null;
        _connection.CloseChannels(reason);
    }

    private void EnsureDtls(DtlsRole role)
    {
        // A server begun before the answer was there may turn out to be the client.
        if (_dtls?.Role != role)
        {
            _dtls?.Dispose();
            _dtls = new DtlsTransport(role, _certificate);
        }
    }

}
