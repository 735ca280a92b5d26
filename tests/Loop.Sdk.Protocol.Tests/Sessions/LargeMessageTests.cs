using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class LargeMessageTests
{
    private const int Most = 8;

    private static readonly int Window = new PeerLimits().StreamWindow;

    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(100_000, 1)]
    [DataRow(5_000_000, 16_384)]
    [DataRow(5_000_000, 9_999)]
    [DataRow(5_000_000, 700_001)]
    public void Message_is_whole_whatever_its_parts_are_and_never_reserves_much_more_than_has_arrived(int total, int part)
    {
        var message = Random(total);
        var assembly = new MessageAssembly(total);
        for (var offset = 0; offset < total; offset += part)
        {
            Assert.IsFalse(assembly.IsComplete);
            assembly.Append(message.AsSpan(offset, Math.Min(part, total - offset)));
            Assert.IsTrue(assembly.Reserved < Most * (assembly.Length + 1), $"{assembly.Reserved} bytes for {assembly.Length} that arrived.");
        }

        Assert.IsTrue(assembly.IsComplete);
        CollectionAssert.AreEqual(message, assembly.Message);
    }

    [TestMethod]
    public void Message_is_whole_when_its_parts_are_of_any_length()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var message = Random(random.Next(1, 300_000));
            var assembly = new MessageAssembly(message.Length);
            while (!assembly.IsComplete)
            {
                var part = Math.Min(assembly.Missing, random.Next(1 << random.Next(1, 18)));
                assembly.Append(message.AsSpan(assembly.Length, part));
            }

            CollectionAssert.AreEqual(message, assembly.Message, $"round {round}");
        }
    }

    [TestMethod]
    public void Announcing_much_and_sending_little_takes_little_memory()
    {
        var server = new TestPeer(SessionSide.Server);
        for (var id = 1UL; id < 200; id += 2)
        {
            server.Receive(Wire.Open(id, new byte[10], FrameFlags.More, 4_000_000));
        }

        Assert.IsTrue(SessionProbe.Assembling(server.Session) < 100 * 10 * Most);
        Assert.IsTrue(server.Accepted.TrueForAll(static stream => stream.Failure is null && stream.ReceiveWindow == Window));
    }

    [TestMethod]
    public void Window_grows_while_more_is_announced_than_it_holds_and_up_to_its_limit()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1), Wire.Item(1, new byte[16_000], FrameFlags.More, 1_000_000));
        var stream = server.Accepted.Single();
        for (var sent = 16_000; sent < 992_000; sent += 16_000)
        {
            server.Receive(Wire.Item(1, new byte[16_000], FrameFlags.More));
            SessionProbe.CheckBooks(server.Session, server.Options);
        }

        Assert.AreEqual(256 * 1024, stream.ReceiveWindow, "More would delay what is sent beside it.");
        server.Receive(Wire.Item(1, new byte[8_000]));
        Assert.AreEqual(1_000_000, stream.Messages[^1].Length);
    }

    [TestMethod]
    public void Window_stays_for_a_message_that_it_holds()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        for (var sent = 0; sent < 100; sent++)
        {
            server.Receive(Wire.Item(1, new byte[16_000], FrameFlags.More, 20_000), Wire.Item(1, new byte[4_000]));
        }

        Assert.AreEqual(Window, server.Accepted.Single().ReceiveWindow);
    }

    [TestMethod]
    public void Large_messages_beside_small_ones_arrive_whole_when_cut_at_any_byte()
    {
        var random = new Random(11);
        var client = new TestPeer(SessionSide.Client);
        var server = new TestPeer(SessionSide.Server);
        var (large, other, small) = (client.Open(), client.Open(), client.Open());
        var (first, second) = (Random(700_000), Random(300_001));
        client.Session.Send(large, first, end: false, borrow: true);
        client.Session.Send(other, second, end: false, borrow: true);
        var (pending, sent) = (Array.Empty<byte>(), 0);
        for (var output = client.TakeAll(); output.Length > 0; output = client.TakeAll())
        {
            if (client.Session.HasWaiting(large))
            {
                Assert.IsTrue(client.Session.Send(small, new byte[++sent], end: false, borrow: false));
            }

            pending = [.. pending, .. output];
            for (var given = 0; given < pending.Length;)
            {
                given = Math.Min(pending.Length, given + random.Next(1, 40_000));
                var taken = server.Session.Receive(pending.AsSpan(0, given), server.Now);
                (pending, given) = (pending[taken..], given - taken);
            }

            client.Session.Receive(server.TakeAll(), client.Now);
        }

        Assert.AreEqual(0, pending.Length);
        Assert.IsTrue(sent > 0);
        CollectionAssert.AreEqual(first, server.Accepted[0].Messages[^1]);
        CollectionAssert.AreEqual(second, server.Accepted[1].Messages[^1]);
        CollectionAssert.AreEqual(Enumerable.Range(1, sent).ToArray(), server.Accepted[2].Messages.Skip(1).Select(static message => message.Length).ToArray());
        Assert.IsFalse(server.Session.IsAssembling);
        SessionProbe.CheckBooks(server.Session, server.Options);
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
