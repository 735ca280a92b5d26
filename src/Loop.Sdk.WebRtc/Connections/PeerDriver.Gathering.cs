using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Stun;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Connections;

// Where this end can be reached: its sockets, how servers see them, and relays.
internal sealed partial class PeerDriver
{
    private const int MostPreference = 65_535;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly List<ServerClient> _clients = [];
    private readonly List<string> _candidates = [];
    private readonly CancellationTokenSource _closing = new();
    private int _flowCount;
    private int _lookups;
    private bool _isGathering;

    /// <summary>The candidates of the newest session that were found so far.</summary>
    public IReadOnlyList<string> Candidates => _candidates;

    public bool HasAllCandidates { get; private set; }

    /// <summary>Whether candidates were looked for at all.</summary>
    public bool HasGathered { get; private set; }

    private bool IsRelayOnly => Options.TransportPolicy == IceTransportPolicy.Relay;

    private long ServersDue
    {
        get
        {
            var due = long.MaxValue;
            foreach (var client in _clients)
            {
                due = Math.Min(due, client.NextTimeout);
            }

            return due;
        }
    }

    /// <summary>Opens sockets for addresses that have none, and asks the servers about all. What is known already is told again, for a new session.</summary>
    public void Gather(IReadOnlyList<IceServer> servers, long now)
    {
        HasGathered = true;
        _isGathering = true;
        HasAllCandidates = false;
        OpenSockets(now);
        _candidates.Clear();
        foreach (var flow in _flows)
        {
            AddLocal(flow, now);
        }

        foreach (var client in _clients)
        {
            client.Tell();
        }

        foreach (var server in servers)
        {
            foreach (var url in server.Urls.Select(IceServerUrl.TryParse).OfType<IceServerUrl>())
            {
                _lookups++;
                _ = AskAsync(server, url);
            }
        }
    }

    public void AddReflexive(UdpFlow flow, in TransportAddress mapped)
    {
        if (!IsRelayOnly && mapped != flow.Local && mapped.IsV6 == flow.Local.IsV6)
        {
            Tell(CandidateOf('s', flow.Number, CandidateType.ServerReflexive, MostPreference - flow.Number, mapped, flow.Local));
        }
    }

    public void AddMapped(IServerLink link, in TransportAddress mapped)
    {
        if (link is UdpServerLink { Flow: var flow } && !mapped.IsNone)
        {
            AddReflexive(flow, mapped);
        }
    }

    public RelayFlow AddRelay(TurnClient client, in TransportAddress address, in TransportAddress mapped, long now)
    {
        var flow = new RelayFlow(_flowCount++, client, address, mapped);
        _flows.Add(flow);
        AddLocal(flow, now);
        return flow;
    }

    public void RemoveFlow(Flow flow, long now)
    {
        _flows.Remove(flow);
        _agent.RemoveLocalCandidate(flow.Number, now);
        _iceDue = 0;
    }

    public void RemoveClient(ServerClient client)
    {
        _clients.Remove(client);
        foreach (var flow in _flows)
        {
            (flow as UdpFlow)?.Clients.Remove(client);
        }
    }

    public void OnServerFailed(TurnFailure failure, int code) => Logger.TurnFailed(failure, code);

    private void AddLocal(Flow flow, long now)
    {
        var candidate = CandidateOf(flow);
        _agent.AddLocalCandidate(candidate, flow.Number, now);
        _iceDue = 0;
        if (!IsRelayOnly || candidate.Type == CandidateType.Relayed)
        {
            Tell(candidate);
        }
    }

    // Whoever wants relays only does not want to say what is behind them.
    private Candidate CandidateOf(Flow flow) => flow is RelayFlow relay
        ? CandidateOf('r', flow.Number, CandidateType.Relayed, MostPreference - (1024 * (int)relay.Client.Url.Transport) - flow.Number, relay.Address, IsRelayOnly ? default : relay.Mapped)
        : CandidateOf('h', flow.Number, CandidateType.Host, MostPreference - flow.Number, ((UdpFlow)flow).Local, default);

    private static Candidate CandidateOf(char kind, int number, CandidateType type, int preference, in TransportAddress address, in TransportAddress related) => new()
    {
        Foundation = $"{kind}{number}",
        Component = 1,
        Priority = CandidatePriority.Compute(type, preference),
        Address = address,
        Type = type,
        Related = related,
    };

    private void Tell(in Candidate candidate)
    {
        var line = CandidateLine.Format(candidate with { UsernameFragment = _agent.LocalCredentials.UsernameFragment });
        if (!_candidates.Contains(line))
        {
            _candidates.Add(line);
            _connection.OnCandidate(line);
        }
    }

    private void OpenSockets(long now)
    {
        var addresses = Options.LocalAddresses.Count > 0 ? Options.LocalAddresses : LocalAddresses.Find();
        foreach (var gone in _flows.OfType<UdpFlow>().Where(flow => !addresses.Any(address => TransportAddress.From(address, 0).HasSameAddress(flow.Local))).ToList())
        {
            RemoveFlow(gone, now);
            gone.Close();
        }

        foreach (var address in addresses)
        {
            var wanted = TransportAddress.From(address, 0);
            if (!_flows.OfType<UdpFlow>().Any(flow => wanted.HasSameAddress(flow.Local)) && UdpFlow.TryOpen(this, _flowCount, address, FactoryOptions) is { } opened)
            {
                _flowCount++;
                _flows.Add(opened);
                opened.Start();
            }
        }
    }

    // Looks the server up, and has its clients begun.
    private async Task AskAsync(IceServer server, IceServerUrl url)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(url.Host, Closing).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            addresses = [];
            Logger.ServerNotFound(url.Transport);
        }

        if (url.Transport == IceServerTransport.Udp)
        {
            lock (Gate)
            {
                AskOverUdp(server, url, addresses);
            }
        }
        else if (url.IsTurn)
        {
            await AskOverStreamAsync(server, url, addresses).ConfigureAwait(false);
        }

        lock (Gate)
        {
            _lookups--;
            Flush(Now);
        }
    }

    private void AskOverUdp(IceServer server, IceServerUrl url, IPAddress[] addresses)
    {
        if (_connection.IsClosed)
        {
            return;
        }

        var now = Now;
        foreach (var flow in _flows.OfType<UdpFlow>())
        {
            var family = flow.Local.Family;
            if (Array.Find(addresses, address => address.AddressFamily == family) is not { } found)
            {
                continue;
            }

            var address = TransportAddress.From(found, url.Port);
            if (flow.Clients.Exists(client => client.Server == address))
            {
                // What comes from there is for one client. One that works is as good as another.
                continue;
            }

            ServerClient client = url.IsTurn
                ? new TurnClient(this, new UdpServerLink(flow, address), address, server, FamilyWanted(), url, now)
                : new StunClient(this, flow, address, now);
            _clients.Add(client);
            flow.Clients.Add(client);
        }
    }

    private async Task AskOverStreamAsync(IceServer server, IceServerUrl url, IPAddress[] addresses)
    {
        lock (Gate)
        {
            if (_clients.Exists(client => client is TurnClient turn && turn.Url == url))
            {
                return;
            }
        }

        if (await ConnectAsync(url, addresses).ConfigureAwait(false) is not { } stream)
        {
            return;
        }

        var link = new StreamServerLink(this, stream);
        TurnClient client;
        lock (Gate)
        {
            if (_connection.IsClosed)
            {
                link.Close();
                return;
            }

            client = new TurnClient(this, link, default, server, FamilyWanted(), url, Now);
            _clients.Add(client);
        }

        _ = link.ReceiveAsync(client);
    }

    private async Task<Stream?> ConnectAsync(IceServerUrl url, IPAddress[] addresses)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? secure = null;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(addresses, url.Port, timeout.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (url.Transport == IceServerTransport.Tcp)
            {
                return stream;
            }

            secure = new SslStream(stream);
            var options = new SslClientAuthenticationOptions { TargetHost = url.Host, RemoteCertificateValidationCallback = FactoryOptions.ServerCertificateValidation is null ? null : IsTrusted };
            await secure.AuthenticateAsClientAsync(options, timeout.Token).ConfigureAwait(false);
            return secure;
        }
        catch (AuthenticationException)
        {
            Logger.ServerNotTrusted();
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ArgumentException)
        {
            Logger.ServerNotFound(url.Transport);
        }

        secure?.Dispose();
        socket.Dispose();
        return null;
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        try
        {
            return FactoryOptions.ServerCertificateValidation!(sender, certificate, chain, errors);
        }
#pragma warning disable CA1031 // Whatever the application throws: it did not say that it trusts the server.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    // Peers are expected at addresses of the families that this end has.
    private TurnFamily FamilyWanted()
    {
        var hasV4 = _flows.Exists(static flow => flow is UdpFlow { Local.IsV6: false });
        var hasV6 = _flows.Exists(static flow => flow is UdpFlow { Local.IsV6: true });
        return !hasV6 ? TurnFamily.V4 : hasV4 ? TurnFamily.Both : TurnFamily.V6;
    }

    private void PermitOnRelays(in Candidate candidate, long now)
    {
        if (!candidate.IsUsable)
        {
            return;
        }

        foreach (var flow in _flows)
        {
            (flow as RelayFlow)?.Permit(candidate.Address, now);
        }
    }

    private void RunServers(long now)
    {
        for (var place = _clients.Count - 1; place >= 0; place--)
        {
            _clients[place].Run(now);
        }

        if (_isGathering && _lookups == 0 && _clients.TrueForAll(static client => client.IsSettled))
        {
            _isGathering = false;
            HasAllCandidates = true;
            _agent.EndOfLocalCandidates(now);
            _iceDue = 0;
            _connection.OnCandidate("");
        }

        if (_iceDue <= now)
        {
            RunIce(now);
        }
    }

    private void CloseServers(long now)
    {
        _closing.Cancel();
        foreach (var client in _clients.ToArray())
        {
            client.Close(now);
        }

        _clients.Clear();
    }
}
