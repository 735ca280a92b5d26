using Loop.Sdk.WebRtc.Connections;

namespace Loop.Sdk.WebRtc.Tests.Connections;

[TestClass]
public sealed class IceServerUrlTests
{
    [TestMethod]
    [DataRow("stun:example.org", false, "Udp", "example.org", 3478)]
    [DataRow("STUN:192.0.2.1:19302", false, "Udp", "192.0.2.1", 19302)]
    [DataRow("stuns:example.org", false, "Tls", "example.org", 5349)]
    [DataRow("turn:example.org", true, "Udp", "example.org", 3478)]
    [DataRow("turn:example.org?transport=udp", true, "Udp", "example.org", 3478)]
    [DataRow("turn:[2001:db8::1]:80?transport=tcp", true, "Tcp", "2001:db8::1", 80)]
    [DataRow("turns:example.org:443?transport=tcp", true, "Tls", "example.org", 443)]
    public void Url_is_read_when_it_is_one(string text, bool isTurn, string transport, string host, int port) =>
        Assert.AreEqual(new IceServerUrl(isTurn, Enum.Parse<IceServerTransport>(transport), host, port), IceServerUrl.TryParse(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("stun:")]
    [DataRow("http://example.org")]
    [DataRow("turn:example.org:0")]
    [DataRow("turn:example.org:65536")]
    [DataRow("turn:example.org:port")]
    [DataRow("turn:example.org?transport=sctp")]
    [DataRow("turns:example.org?transport=udp")]
    [DataRow("stun:example.org?transport=udp")]
    [DataRow("turn:user@example.org")]
    public void Url_is_refused_when_it_is_none(string text)
    {
        Assert.IsNull(IceServerUrl.TryParse(text));
        using var factory = new PeerConnectionFactory();
        Assert.ThrowsExactly<ArgumentException>(() => factory.Create(new PeerConnectionOptions { IceServers = [new IceServer { Urls = [text] }] }));
    }
}
