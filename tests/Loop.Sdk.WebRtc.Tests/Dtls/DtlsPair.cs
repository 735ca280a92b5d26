using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

/// <summary>
/// Two transports joined by a network that loses, doubles and reorders by a seed. OpenSSL's timers run on the machine's clock and cannot be faked; they are made so short (1 ms beyond
/// OpenSSL's own tolerance of 15 ms) that an idle network asks for the time until one is due. What happens depends on the seed alone.
/// </summary>
internal sealed class DtlsPair : IDisposable
{
    public const uint ShortTimeout = 16_000;

    private static readonly Lazy<DtlsCertificate> ClientCertificate = new(Certificate);
    private static readonly Lazy<DtlsCertificate> ServerCertificate = new(Certificate);

    private readonly SeededRandom _random;
    private readonly List<(bool ToServer, byte[] Datagram)> _network = [];
    private readonly byte[] _buffer = new byte[DtlsTransport.MaxPlaintext];

    public DtlsPair(long seed = 1, uint firstTimeout = ShortTimeout, bool verifies = true, int mtu = DtlsTransport.DefaultMtu)
    {
        _random = new SeededRandom(seed);
        Client = new DtlsTransport(DtlsRole.Client, ClientCertificate.Value, mtu, firstTimeout);
        Server = new DtlsTransport(DtlsRole.Server, ServerCertificate.Value, mtu, firstTimeout);
        if (verifies)
        {
            Client.Expect([ServerFingerprint]);
            Server.Expect([ClientFingerprint]);
        }
    }

    public static DtlsFingerprint ClientFingerprint => ClientCertificate.Value.Fingerprint;

    public static DtlsFingerprint ServerFingerprint => ServerCertificate.Value.Fingerprint;

    public DtlsTransport Client { get; }

    public DtlsTransport Server { get; }

    public int LossPercent { get; init; }

    public int DuplicatePercent { get; init; }

    public bool Reorders { get; init; }

    public List<byte[]> ClientReceived { get; } = [];

    public List<byte[]> ServerReceived { get; } = [];

    public int LongestDatagram { get; private set; }

    public int Datagrams { get; private set; }

    public static DtlsCertificate Certificate() => DtlsCertificate.Create(DateTimeOffset.UtcNow, TimeSpan.FromDays(1));

    public static long Now() => Environment.TickCount64 * 1000;

    public static List<byte[]> Output(DtlsTransport transport, int mtu = DtlsTransport.MaxPlaintext + DtlsTransport.Overhead)
    {
        var datagrams = new List<byte[]>();
        var buffer = new byte[mtu];
        while (transport.TryWrite(buffer, out var written))
        {
            datagrams.Add(buffer[..written]);
        }

        return datagrams;
    }

    public DtlsPair Connect()
    {
        Client.Start(Now());
        Server.Start(Now());
        RunUntil(() => Client.State == DtlsState.Connected && Server.State == DtlsState.Connected);
        return this;
    }

    /// <summary>Runs until it is so, or until both ends have ended.</summary>
    public void RunUntil(Func<bool> done)
    {
        while (!done() && !(Ended(Client) && Ended(Server)))
        {
            Pump();
            if (!done())
            {
                Client.Timeout(Now());
                Server.Timeout(Now());
            }
        }
    }

    /// <summary>Moves datagrams until the network is quiet.</summary>
    public void Pump()
    {
        Collect(Client, toServer: true);
        Collect(Server, toServer: false);
        while (_network.Count > 0)
        {
            var place = Reorders ? _random.Next(_network.Count) : 0;
            var (toServer, datagram) = _network[place];
            _network.RemoveAt(place);
            var (transport, received) = toServer ? (Server, ServerReceived) : (Client, ClientReceived);
            transport.Receive(datagram, Now());
            while (transport.Read(_buffer) is > 0 and var count)
            {
                received.Add(_buffer[..count]);
            }

            Collect(transport, !toServer);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static bool Ended(DtlsTransport transport) => transport.State is DtlsState.Failed or DtlsState.Closed;

    private void Collect(DtlsTransport from, bool toServer)
    {
        foreach (var datagram in Output(from, DtlsTransport.DefaultMtu))
        {
            Datagrams++;
            LongestDatagram = Math.Max(LongestDatagram, datagram.Length);
            if (_random.Chance(LossPercent))
            {
                continue;
            }

            _network.Add((toServer, datagram));
            if (_random.Chance(DuplicatePercent))
            {
                _network.Add((toServer, datagram));
            }
        }
    }
}
