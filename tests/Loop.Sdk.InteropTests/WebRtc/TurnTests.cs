using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.InteropTests.WebRtc.Peers;
using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>Two connections of ours and a real TURN server: TLS, IPv6, and credentials that it does not take.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TurnTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestInitialize]
    public void Prepare()
    {
        if (TurnServer.Executable is null)
        {
            ForeignPrograms.Missing("coturn");
            Assert.Inconclusive("coturn is not installed.");
        }
    }

    [TestMethod]
    public async Task Relay_over_tls_carries_messages_when_its_certificate_is_trusted()
    {
        using var certificate = SelfSigned();
        await using var turn = await TurnServer.StartAsync(certificate: certificate);
        using var engine = new PeerConnectionFactory(new PeerConnectionFactoryOptions
        {
            ServerCertificateValidation = (_, shown, _, errors) => shown?.GetCertHashString() == certificate.Thumbprint && errors != SslPolicyErrors.None,
        });
        await using var pair = Relayed(engine, turn, turn.Credentials("tls"));
        await EchoAsync(pair);
        Assert.IsFalse(Candidates(pair.First).Any(static line => !line.Contains(" typ relay", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Relay_over_tls_is_told_nothing_when_its_certificate_is_not_trusted()
    {
        using var certificate = SelfSigned();
        await using var turn = await TurnServer.StartAsync(certificate: certificate);
        foreach (var validation in new RemoteCertificateValidationCallback?[] { null, static (_, _, _, _) => false, static (_, _, _, _) => throw new InvalidOperationException("A defect of the application.") })
        {
            await FailsAsync(turn, turn.Credentials("tls"), "not trusted", validation);
        }
    }

    [TestMethod]
    [DataRow("udp")]
    [DataRow("tcp")]
    public async Task Relay_works_over_ipv6(string transport)
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("This machine has no IPv6.");
        }

        await using var turn = await TurnServer.StartAsync(IPAddress.IPv6Loopback);
        using var engine = new PeerConnectionFactory();
        await using var pair = Relayed(engine, turn, turn.Credentials(transport));
        await EchoAsync(pair);
        Assert.IsTrue(Candidates(pair.First).All(static line => line.Contains(" ::1 ", StringComparison.Ordinal) && line.Contains(" typ relay", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("udp")]
    [DataRow("tcp")]
    public async Task Expired_credentials_give_no_relay_and_a_connection_that_needs_one_fails(string transport)
    {
        await using var turn = await TurnServer.StartAsync();
        await FailsAsync(turn, turn.Credentials(transport, TimeSpan.FromMinutes(-1)), "Unauthorized, error 401");
    }

    [TestMethod]
    public async Task Wrong_credentials_give_no_relay_and_a_connection_that_needs_one_fails()
    {
        await using var turn = await TurnServer.StartAsync();
        await FailsAsync(turn, turn.Credentials("udp", secret: "south"), "Unauthorized, error 401");
        await FailsAsync(turn, new IceServer { Urls = turn.Credentials("udp").Urls }, "Unauthorized, error 401");
    }

    [TestMethod]
    public async Task Connection_goes_on_without_a_relay_when_its_credentials_have_expired_and_there_is_another_path()
    {
        await using var turn = await TurnServer.StartAsync();
        var log = new WarningLog();
        using var engine = new PeerConnectionFactory(new PeerConnectionFactoryOptions { LoggerFactory = log });
        var options = Options(turn, turn.Credentials("udp", TimeSpan.FromMinutes(-1)));
        await using var pair = new Pairing(engine.Create(options), engine.Create(options));
        await EchoAsync(pair);
        await AllCandidatesAsync(pair.First);
        Assert.IsTrue(Candidates(pair.First).All(static line => line.Contains(" typ host", StringComparison.Ordinal)));
        Assert.IsTrue(log.Warnings.Any(static warning => warning.Contains("Unauthorized, error 401", StringComparison.Ordinal)));
    }

    // Ten times as fast as it would be: what takes long is that nobody gives up early.
    private static async Task FailsAsync(TurnServer turn, IceServer server, string warning, RemoteCertificateValidationCallback? validation = null)
    {
        var log = new WarningLog();
        using var engine = new PeerConnectionFactory(new PeerConnectionFactoryOptions { LoggerFactory = log, TimeProvider = new FastClock(10), ServerCertificateValidation = validation });
        await using var pair = Relayed(engine, turn, server);
        var channel = pair.First.CreateDataChannel("x");
        await Pairing.UntilAsync(pair.First, PeerConnectionState.Failed).WaitAsync(Patience);
        await Pairing.UntilAsync(pair.Second, PeerConnectionState.Failed).WaitAsync(Patience);
        Assert.AreEqual(DataChannelState.Connecting, channel.State);
        Assert.IsEmpty(Candidates(pair.First));
        Assert.IsTrue(log.Warnings.Any(line => line.Contains(warning, StringComparison.Ordinal)), string.Join('\n', log.Warnings));
        Assert.IsFalse(log.Warnings.Any(line => server.Credential is { } secret && line.Contains(secret, StringComparison.Ordinal)));
    }

    private static Pairing Relayed(PeerConnectionFactory engine, TurnServer turn, IceServer server)
    {
        var options = Options(turn, server) with { TransportPolicy = IceTransportPolicy.Relay };
        return new Pairing(engine.Create(options), engine.Create(options));
    }

    private static PeerConnectionOptions Options(TurnServer turn, IceServer server) => new() { LocalAddresses = [turn.Address], IceServers = [server] };

    private static async Task EchoAsync(Pairing pair)
    {
        var mine = pair.First.CreateDataChannel("x");
        var theirs = await pair.Second.IncomingChannelsAsync().FirstAsync().AsTask().WaitAsync(Patience);
        foreach (var size in new[] { 1, 100_000 })
        {
            var message = RandomNumberGenerator.GetBytes(size);
            await mine.SendAsync(message).AsTask().WaitAsync(Patience);
            var seen = await theirs.MessagesAsync().Select(static item => item.Payload.ToArray()).FirstAsync().AsTask().WaitAsync(Patience);
            await theirs.SendAsync(seen).AsTask().WaitAsync(Patience);
            CollectionAssert.AreEqual(message, await mine.MessagesAsync().Select(static item => item.Payload.ToArray()).FirstAsync().AsTask().WaitAsync(Patience));
        }
    }

    private static IEnumerable<string> Candidates(IPeerConnection connection) => connection.LocalDescription!.Sdp.Split("\r\n").Where(static line => line.StartsWith("a=candidate:", StringComparison.Ordinal));

    private static async Task AllCandidatesAsync(IPeerConnection connection)
    {
        using var stop = new CancellationTokenSource(Patience);
        while (!connection.LocalDescription!.Sdp.Contains("a=end-of-candidates", StringComparison.Ordinal))
        {
            await Task.Yield();
            stop.Token.ThrowIfCancellationRequested();
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
