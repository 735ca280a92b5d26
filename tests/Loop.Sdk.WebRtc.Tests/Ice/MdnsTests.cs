using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Ice.Simulation;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class MdnsTests
{
    private const string Name = "2b1f1d1e-7c9b-4d7e-9a51-0c3f1f7a1e11.local";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Answers_give_the_address_of_the_name_alone()
    {
        var query = Query();
        Assert.IsTrue(MdnsMessage.TryReadAnswer(Answer(query, 1, [192, 0, 2, 7]), Name, out var address));
        Assert.AreEqual(IceAgentTests.Address("192.0.2.7", 0), address);
        Assert.IsTrue(MdnsMessage.TryReadAnswer(Answer(query, 28, [0x20, 1, 0x0D, 0xB8, .. new byte[11], 9]), Name.ToUpperInvariant(), out address));
        Assert.AreEqual(IceAgentTests.Address("2001:db8::9", 0), address);
        Assert.IsFalse(MdnsMessage.TryReadAnswer(Answer(query, 1, [192, 0, 2, 7]), "other.local", out _));
        Assert.IsFalse(MdnsMessage.TryReadAnswer(query, Name, out _), "a question is no answer");
    }

    [TestMethod]
    public void Answers_with_addresses_of_many_hosts_or_endless_names_are_refused()
    {
        Assert.IsFalse(MdnsMessage.TryReadAnswer(Answer(Query(), 1, [224, 0, 0, 251]), Name, out _));
        Assert.IsFalse(MdnsMessage.TryReadAnswer(Answer(Query(), 1, [192, 0, 2, 7, 1]), Name, out _));
        byte[] endless = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4];
        Assert.IsFalse(MdnsMessage.TryReadAnswer(endless, Name, out _));
    }

    [TestMethod]
    public async Task Resolver_asks_and_takes_the_answer()
    {
        using var responder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        responder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var resolver = new MdnsResolver(TimeProvider.System, (IPEndPoint)responder.LocalEndPoint!);
        var asked = resolver.ResolveAsync(Name, TestContext.CancellationToken);
        var buffer = new byte[512];
        var question = await responder.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), TestContext.CancellationToken);
        await responder.SendToAsync(new byte[] { 1, 2, 3 }, question.RemoteEndPoint, TestContext.CancellationToken);
        await responder.SendToAsync(Answer(buffer[..question.ReceivedBytes], 1, [192, 0, 2, 7]), question.RemoteEndPoint, TestContext.CancellationToken);
        Assert.AreEqual(IceAgentTests.Address("192.0.2.7", 0), await asked);
    }

    [TestMethod]
    public async Task Resolver_gives_up_when_it_is_told_to()
    {
        using var responder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        responder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var stop = new CancellationTokenSource();
        var asked = new MdnsResolver(TimeProvider.System, (IPEndPoint)responder.LocalEndPoint!).ResolveAsync(Name, stop.Token);
        await responder.ReceiveFromAsync(new byte[512], new IPEndPoint(IPAddress.Any, 0), TestContext.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asked);
    }

    internal static byte[] Query()
    {
        var query = new byte[MdnsMessage.MaxQuery];
        return query[..MdnsMessage.WriteQuery(query, Name)];
    }

    /// <summary>The question with one answer behind it, whose name points to the question's.</summary>
    internal static byte[] Answer(byte[] query, byte type, byte[] address)
    {
        byte[] answer = [.. query, 0xC0, 12, 0, type, 0x80, 1, 0, 0, 0, 120, 0, (byte)address.Length, .. address];
        (answer[2], answer[7]) = (0x84, 1);
        return answer;
    }
}
