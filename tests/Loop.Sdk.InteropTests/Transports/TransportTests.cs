using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Loop.Sdk.InteropTests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.InteropTests.Transports;

[TestClass]
public sealed class TransportTests
{
    private const int Numbers = 50_000;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Channel_resumes_over_http_1_when_the_connection_is_cut()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = ChannelClient.Create(new ChannelClientOptions { Endpoint = server.Endpoint });
        await CountThroughACutAsync(server, client);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Channel_resumes_over_http_2_without_tls_when_the_connection_is_cut()
    {
        await using var server = await TestServer.StartAsync(static (kestrel, track) => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            track(listen);
        }));
        await using var client = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = server.Endpoint,
            HttpVersion = HttpVersion.Version20,
            HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
        await CountThroughACutAsync(server, client);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Channel_resumes_over_http_2_with_tls_when_the_connection_is_cut()
    {
        using var certificate = SelfSigned();
        await using var server = await TestServer.StartAsync((kestrel, track) => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            track(listen);
            listen.UseHttps(certificate);
        }));
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString() } };
        using var invoker = new HttpMessageInvoker(handler);
        await using var client = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = new Uri($"wss://127.0.0.1:{server.Port}/loop"),
            HttpVersion = HttpVersion.Version20,
            HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            HttpMessageInvoker = invoker,
        });
        await CountThroughACutAsync(server, client);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Channel_resumes_over_a_unix_socket_when_the_connection_is_cut()
    {
        var folder = Directory.CreateTempSubdirectory("loop");
        var path = Path.Combine(folder.FullName, "s");
        try
        {
            await using var server = await TestServer.StartAsync((kestrel, track) => kestrel.ListenUnixSocket(path, listen => track(listen)));
            await using var client = ChannelClient.Create(new ChannelClientOptions { Endpoint = new Uri("ws://localhost/loop"), UnixSocketPath = path });
            await CountThroughACutAsync(server, client);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Channel_takes_longer_messages_when_its_options_say_so()
    {
        const int Long = 6_000_000;
        await using var server = await TestServer.StartAsync(
            static (kestrel, track) => kestrel.Listen(IPAddress.Loopback, 0, listen => track(listen)), configure: static options => options.Limits.MaxMessage = Long);
        await using var narrow = ChannelClient.Create(new ChannelClientOptions { Endpoint = server.Endpoint });
        var refusal = await Assert.ThrowsExactlyAsync<LoopException>(() => narrow.Service<ICounter>().ReverseAsync(new byte[Long]));
        Assert.AreEqual(ErrorCodes.MessageTooLarge, refusal.Code);

        await using var wide = ChannelClient.Create(new ChannelClientOptions { Endpoint = server.Endpoint, MaxMessage = Long });
        Assert.AreEqual(Long, (await wide.Service<ICounter>().ReverseAsync(new byte[Long])).Length);
    }

    private static async Task CountThroughACutAsync(TestServer server, ChannelClient client)
    {
        var counter = client.Service<ICounter>();
        Assert.AreEqual(42, await counter.DoubleAsync(21));
        var session = client.SessionId;
        var back = client.ReconnectedAsync();
        var expected = 0;
        await foreach (var number in counter.CountAsync(Numbers))
        {
            Assert.AreEqual(++expected, number);
            if (number == Numbers / 2)
            {
                server.Cut();
            }
        }

        Assert.AreEqual(Numbers, expected);
        Assert.IsTrue((await back).Resumed);
        Assert.AreEqual(session, client.SessionId);

        var bytes = new byte[1_000_000];
        Random.Shared.NextBytes(bytes);
        var reversed = await counter.ReverseAsync(bytes);
        Array.Reverse(bytes);
        CollectionAssert.AreEqual(bytes, reversed.ToArray());
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
