using System.Net;
using System.Net.Sockets;
using System.Text;
using Loop.Sdk.WebRtc.Conformance;
using Loop.Sdk.WebRtc.Connections;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class MdnsTests
{
    private const string Name = "2b1f1d1e-7c9b-4d7e-9a51-0c3f1f7a1e11.local";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Question_is_one_and_may_be_answered_to_everybody()
    {
        byte[] name = [36, .. Encoding.ASCII.GetBytes(Name[..36]), 5, .. "local"u8, 0];
        CollectionAssert.AreEqual((byte[])[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name, 0, 1, 0, 1], Query());
        CollectionAssert.AreEqual((byte[])[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name, 0, 28, 0, 1], Query(isV6: true));
    }

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
    public void Answers_to_everybody_give_the_address_wherever_it_stands()
    {
        // No question, as section 6 of RFC 6762 wants it: the names are in full, and a record that says which types there are is first or last.
        var name = Query()[12..^4];
        byte[] address = [.. name, 0, 1, 0x80, 1, 0, 0, 0, 120, 0, 4, 192, 0, 2, 7];
        byte[] types = [.. name, 0, 47, 0x80, 1, 0, 0, 0, 120, 0, 5, 0xC0, 12, 0, 1, 0x40];
        byte[] positive = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 1, .. address, .. types];
        byte[] negative = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 1, .. types, .. address];
        foreach (var message in (byte[][])[positive, negative])
        {
            Assert.IsTrue(MdnsMessage.TryReadAnswer(message, Name, out var found));
            Assert.AreEqual(IceAgentTests.Address("192.0.2.7", 0), found);
        }
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
    public async Task Resolver_asks_for_each_family_and_takes_an_answer_to_it_alone()
    {
        using var responder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        responder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var resolver = new MdnsResolver(TimeProvider.System, (IPEndPoint)responder.LocalEndPoint!);
        var asked = resolver.ResolveAsync(Name, TestContext.CancellationToken);
        var buffer = new byte[512];
        var questions = new List<byte[]>();
        EndPoint asker = new IPEndPoint(IPAddress.Any, 0);
        while (questions.DistinctBy(static question => question[^3]).Count() < 2)
        {
            var received = await responder.ReceiveFromAsync(buffer, asker, TestContext.CancellationToken);
            questions.Add(buffer[..received.ReceivedBytes]);
            asker = received.RemoteEndPoint;
        }

        Assert.IsTrue(questions.All(static question => question.AsSpan().SequenceEqual(Query(isV6: question[^3] == 28))));
        await responder.SendToAsync(new byte[] { 1, 2, 3 }, asker, TestContext.CancellationToken);
        await responder.SendToAsync(Answer(questions[0], 1, [192, 0, 2, 7]), asker, TestContext.CancellationToken);
        Assert.AreEqual(IceAgentTests.Address("192.0.2.7", 0), await asked);
    }

    [TestMethod]
    public async Task Resolver_takes_an_answer_to_everybody()
    {
        var group = IPAddress.Parse("239.255.71.53");
        using var responder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        responder.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        responder.Bind(new IPEndPoint(IPAddress.Any, 0));
        responder.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, IPAddress.Loopback));
        responder.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        var all = new IPEndPoint(group, ((IPEndPoint)responder.LocalEndPoint!).Port);
        var asked = new MdnsResolver(TimeProvider.System, all).ResolveAsync(Name, TestContext.CancellationToken);
        var buffer = new byte[512];
        var question = await responder.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), TestContext.CancellationToken);
        await responder.SendToAsync(Answer(buffer[..question.ReceivedBytes], 1, [192, 0, 2, 8]), all, TestContext.CancellationToken);
        Assert.AreEqual(IceAgentTests.Address("192.0.2.8", 0), await asked);
    }

    [TestMethod]
    public async Task Resolver_gives_up_when_it_is_told_to_or_nobody_answers()
    {
        using var responder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        responder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var stop = new CancellationTokenSource();
        var asked = new MdnsResolver(TimeProvider.System, (IPEndPoint)responder.LocalEndPoint!).ResolveAsync(Name, stop.Token);
        await responder.ReceiveFromAsync(new byte[512], new IPEndPoint(IPAddress.Any, 0), TestContext.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asked);
        Assert.IsTrue((await new MdnsResolver(new FastClock(1000), (IPEndPoint)responder.LocalEndPoint!).ResolveAsync(Name, TestContext.CancellationToken)).IsNone);
    }

    internal static byte[] Query(bool isV6 = false)
    {
        var query = new byte[MdnsMessage.MaxQuery];
        return query[..MdnsMessage.WriteQuery(query, Name, isV6)];
    }

    /// <summary>The question with one answer behind it, whose name points to the question's.</summary>
    internal static byte[] Answer(byte[] query, byte type, byte[] address)
    {
        byte[] answer = [.. query, 0xC0, 12, 0, type, 0x80, 1, 0, 0, 0, 120, 0, (byte)address.Length, .. address];
        (answer[2], answer[7]) = (0x84, 1);
        return answer;
    }
}
