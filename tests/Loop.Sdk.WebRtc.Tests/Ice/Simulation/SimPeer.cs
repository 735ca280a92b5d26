using Loop.Sdk.WebRtc.Stun;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>One end as a connection would drive it: an agent with its sockets, its STUN bindings and its allocation, in a simulated network.</summary>
internal sealed class SimPeer
{
    private const int RelaySocket = 1000;

    private readonly SimNetwork _network;
    private readonly SimPeerOptions _options;
    private readonly List<TransportAddress> _sockets = [];
    private readonly Dictionary<int, StunBinding> _bindings = [];
    private readonly byte[] _buffer = new byte[4096];
    private readonly byte[] _wrapped = new byte[4096];
    private TurnAllocation? _allocation;
    private TransportAddress _turnSocket;
    private long _wakeAt = long.MaxValue;
    private bool _isRelayAdded;
    private bool _isEnded;
    private int _idleWakes;

    public SimPeer(SimNetwork network, SimPeerOptions options)
    {
        _network = network;
        _options = options;
        Agent = new IceAgent(new IceSettings
        {
            Random = network.Random.Fill,
            Credentials = IceCredentials.Create(network.Random.Fill),
            Role = options.Role,
            IsRelayOnly = options.IsRelayOnly,
        });
    }

    public IceAgent Agent { get; }

    /// <summary>What the peer is told; after a delay of the test's choice, and null at the end.</summary>
    public Action<Candidate?> OnCandidate { get; set; } = static _ => { };

    public List<IceState> States { get; } = [];

    public int PathChanges { get; private set; }

    public int DataReceived { get; private set; }

    public long LastDataAt { get; private set; }

    public long ConnectedAt { get; private set; }

    public TransportAddress TurnSocket => _turnSocket;

    /// <summary>Opens its sockets and looks for candidates.</summary>
    public void Gather()
    {
        foreach (var address in _options.Addresses)
        {
            var socket = _sockets.Count;
            _sockets.Add(address);
            _network.Open(address, address.IsV6 ? null : _options.Nat, (from, bytes) => OnDatagram(socket, from, bytes));
        }

        if (_options.Turn is not null)
        {
            _turnSocket = _options.Addresses[0] with { Port = 9 };
            _allocation = new TurnAllocation(new TurnSettings { Random = _network.Random.Fill, Username = SimServer.Username, Password = _options.TurnPassword });
            _network.Open(_turnSocket, _options.Nat, (_, bytes) => OnTurn(bytes));
            _allocation.Start(_network.Now);
        }

        Offer();
    }

    /// <summary>Tells of its sockets, for the first time or in a new session.</summary>
    public void Offer()
    {
        (_isRelayAdded, _isEnded) = (false, false);
        for (var socket = 0; socket < _sockets.Count; socket++)
        {
            var candidate = Make(CandidateType.Host, _sockets[socket], socket);
            Agent.AddLocalCandidate(candidate, socket, _network.Now);
            if (!_options.IsRelayOnly)
            {
                OnCandidate(candidate);
            }

            if (_options.Stun is not null && !candidate.Address.IsV6)
            {
                _bindings[socket] = new StunBinding(_network.Random.Fill);
                _bindings[socket].Start(_network.Now);
            }
        }

        Drive();
    }

    public void SendData()
    {
        if (!Agent.Path.IsNone)
        {
            Send(Agent.Path.Socket, Agent.Path.Remote, [23, 254, 253, 0]);
        }
    }

    public void Close()
    {
        _allocation?.Close(_network.Now);
        Drive();
    }

    /// <summary>Does all that there is to do now.</summary>
    public void Drive()
    {
        var now = _network.Now;
        DriveServers(now);
        if (Agent.NextTimeout <= now)
        {
            Agent.Timeout(now);
        }

        while (Agent.Write(_buffer, now, out var socket, out var to) is var length and > 0)
        {
            SimFailure.Unless(length <= IceAgent.MaxDatagram, "a check is too long");
            SimFailure.Unless(!_options.IsRelayOnly || socket == RelaySocket, "an agent sent past its relay");
            Send(socket, to, _buffer.AsSpan(0, length).ToArray());
        }

        while (Agent.TryReadEvent(out var happened))
        {
            Note(happened);
        }

        DriveServers(now);
        var next = Math.Min(Agent.NextTimeout, _bindings.Values.Append(null).Min(static binding => binding?.NextTimeout ?? long.MaxValue));
        next = Math.Min(next, _allocation?.NextTimeout ?? long.MaxValue);
        _idleWakes = next <= now ? _idleWakes + 1 : 0;
        SimFailure.Unless(_idleWakes < 5, "an agent spins");
        if (next != long.MaxValue)
        {
            _wakeAt = next;
            _network.After(Math.Max(0, next - now), () =>
            {
                if (_wakeAt == next)
                {
                    Drive();
                }
            });
        }
    }

    private Candidate Make(CandidateType type, TransportAddress address, int socket) => new()
    {
        Foundation = $"{(int)type}{socket}",
        Component = 1,
        Priority = CandidatePriority.Compute(type, 65_535 - socket),
        Address = address,
        Type = type,
        UsernameFragment = Agent.LocalCredentials.UsernameFragment,
    };

    private void DriveServers(long now)
    {
        foreach (var (socket, binding) in _bindings)
        {
            binding.Timeout(now);
            while (binding.Write(_buffer, now) is var length and > 0)
            {
                _network.Send(_sockets[socket], _options.Stun!.Value, _buffer.AsSpan(0, length));
            }
        }

        if (_allocation is not null)
        {
            _allocation.Timeout(now);
            while (_allocation.Write(_buffer, now) is var length and > 0)
            {
                _network.Send(_turnSocket, _options.Turn!.Value, _buffer.AsSpan(0, length));
            }

            if (_allocation.State == TurnState.Ready && !_isRelayAdded)
            {
                _isRelayAdded = true;
                var candidate = Make(CandidateType.Relayed, _allocation.Relayed, RelaySocket);
                Agent.AddLocalCandidate(candidate, RelaySocket, now);
                OnCandidate(candidate);
            }
        }

        if (!_isEnded && _bindings.Values.All(static binding => binding.State != StunBindingState.Asking) && _allocation?.State != TurnState.Allocating)
        {
            _isEnded = true;
            Agent.EndOfLocalCandidates(now);
            OnCandidate(null);
        }
    }

    private void Send(int socket, TransportAddress to, byte[] datagram)
    {
        if (socket != RelaySocket)
        {
            _network.Send(_sockets[socket], to, datagram);
        }
        else if (_allocation!.Wrap(to, datagram, _wrapped, _network.Now) is var length and > 0)
        {
            _network.Send(_turnSocket, _options.Turn!.Value, _wrapped.AsSpan(0, length));
        }
    }

    private void OnTurn(byte[] bytes)
    {
        if (_allocation!.Receive(bytes, _network.Now, out var peer, out var datagram) == TurnReceived.Data)
        {
            OnDatagram(RelaySocket, peer, datagram.ToArray());
        }
        else
        {
            Drive();
        }
    }

    private void OnDatagram(int socket, TransportAddress from, byte[] bytes)
    {
        if (_bindings.TryGetValue(socket, out var binding) && from == _options.Stun && binding.Receive(bytes, _network.Now))
        {
            if (binding.Mapped != _sockets[socket] && !_options.IsRelayOnly)
            {
                OnCandidate(Make(CandidateType.ServerReflexive, binding.Mapped, socket));
            }
        }
        else if (Agent.Receive(socket, from, bytes, _network.Now) == DatagramKind.Data)
        {
            SimFailure.Unless(bytes[0] == 23 && bytes[1] == 254, "a stranger's data got through");
            DataReceived++;
            LastDataAt = _network.Now;
        }

        Drive();
    }

    private void Note(IceEvent happened)
    {
        if (happened.Kind == IceEventKind.StateChanged)
        {
            States.Add(happened.State);
            ConnectedAt = ConnectedAt == 0 && happened.State == IceState.Connected ? _network.Now : ConnectedAt;
        }
        else if (happened.Kind == IceEventKind.PathChanged)
        {
            PathChanges++;
            if (happened.Path is { IsNone: false, Socket: RelaySocket } path)
            {
                _allocation!.Bind(path.Remote, _network.Now);
            }
        }
    }
}
