using System.Security.Cryptography;
using Loop.Sdk.WebRtc.Stun;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>An allocation on a TURN server: the relayed addresses are flows of their own.</summary>
internal sealed class TurnClient : ServerClient
{
    private readonly PeerDriver _driver;
    private readonly IServerLink _link;
    private readonly TurnAllocation _allocation;
    private RelayFlow? _flow;
    private RelayFlow? _flowV6;
    private bool _isTold;

    public TurnClient(PeerDriver driver, IServerLink link, TransportAddress server, IceServer credentials, TurnFamily family, IceServerUrl url, long now)
        : base(server)
    {
        _driver = driver;
        _link = link;
        Url = url;
        _allocation = new TurnAllocation(new TurnSettings
        {
            Random = RandomNumberGenerator.Fill,
            Username = credentials.Username ?? "",
            Password = credentials.Credential ?? "",
            IsReliable = url.Transport != IceServerTransport.Udp,
            Family = family,
        });
        _allocation.Start(now);
    }

    public IceServerUrl Url { get; }

    public override bool IsSettled => _allocation.State is not (TurnState.New or TurnState.Allocating);

    public override long NextTimeout => _allocation.NextTimeout;

    public override void Receive(ReadOnlySpan<byte> message, long now)
    {
        if (_allocation.Receive(message, now, out var peer, out var datagram) == TurnReceived.Data && (peer.IsV6 ? _flowV6 : _flow) is { } flow)
        {
            _driver.OnDatagram(flow.Number, peer, datagram, now);
        }
    }

    public override void Run(long now)
    {
        if (_allocation.NextTimeout <= now)
        {
            _allocation.Timeout(now);
        }

        Span<byte> message = stackalloc byte[TurnAllocation.MaxMessage];
        while (_allocation.Write(message, now) is > 0 and var length)
        {
            _link.Send(message[..length], now);
        }

        if (_allocation.State == TurnState.Ready && !_isTold)
        {
            _isTold = true;
            _flow = AddRelayed(_allocation.Relayed, now);
            _flowV6 = AddRelayed(_allocation.RelayedV6, now);
            Tell();
        }
        else if (_allocation.State == TurnState.Failed)
        {
            Lose(now);
        }
    }

    public override void Tell() => _driver.AddMapped(_link, _allocation.Mapped);

    /// <summary>Sends a datagram through the relay.</summary>
    public void Send(ReadOnlySpan<byte> datagram, in TransportAddress to, long now)
    {
        var message = Scratch.Wrapped;
        if (datagram.Length + TurnAllocation.MaxOverhead <= message.Length && _allocation.Wrap(to, datagram, message, now) is > 0 and var length)
        {
            _link.Send(message.AsSpan(0, length), now);
        }
    }

    public void Permit(in TransportAddress peer, long now) => _allocation.Permit(peer, now);

    public void Bind(in TransportAddress peer, long now) => _allocation.Bind(peer, now);

    /// <summary>The connection to the server is gone.</summary>
    public void Lose(long now)
    {
        _driver.OnServerFailed(_allocation.Failure, _allocation.ErrorCode);
        foreach (var flow in (ReadOnlySpan<RelayFlow?>)[_flow, _flowV6])
        {
            if (flow is not null)
            {
                _driver.RemoveFlow(flow, now);
            }
        }

        _flow = _flowV6 = null;
        _link.Close();
        _driver.RemoveClient(this);
    }

    public override void Close(long now)
    {
        _allocation.Close(now);
        Run(now);
        _link.Close();
    }

    private RelayFlow? AddRelayed(in TransportAddress address, long now) => address.IsNone ? null : _driver.AddRelay(this, address, _allocation.Mapped, now);
}
