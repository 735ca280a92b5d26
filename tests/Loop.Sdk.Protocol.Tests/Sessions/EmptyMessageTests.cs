using Loop.Sdk.Frames;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class EmptyMessageTests
{
    private const int Window = 64 * 1024;

    [TestMethod]
    public void Sender_of_empty_messages_waits_when_the_consumer_does_not_read()
    {
        var pair = new TestPair();
        var reader = new BufferStream();
        pair.Client.Session.Open(reader, TestPeer.Header, default, end: true, borrow: false);
        pair.Pump();
        var source = pair.Server.Accepted.Single();
        Assert.AreEqual(Window, SendEmptyUntilWaiting(pair, pair.Server, source));
        Assert.AreEqual(Window, reader.Unconsumed);
        pair.CheckBooks();
        Assert.AreEqual(Window, reader.Read());
        pair.Pump();
        Assert.AreEqual(1, source.Sendable, "The one that waited went out with the new credit.");
        reader.Read();
        Assert.AreEqual(0, reader.Unconsumed);
        pair.CheckBooks();
    }

    [TestMethod]
    public void Flood_of_empty_messages_beyond_the_window_breaks_the_protocol()
    {
        var server = new TestPeer(SessionSide.Server) { Accept = static () => new TestStream { Consumes = false } };
        server.Receive(Wire.Open(1));
        var flood = Enumerable.Repeat(Wire.Item(1), Window).ToArray();
        server.ReceiveBroken(ErrorCodes.CreditViolation, flood);
        Assert.AreEqual(Window, server.Accepted.Single().Messages.Count);
    }

    [TestMethod]
    public void Late_empty_messages_cost_the_session_credit_that_comes_back()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        server.Session.Cancel(server.Accepted.Single());
        server.Receive(Wire.Item(1), Wire.Item(1));
        SessionProbe.CheckBooks(server.Session, server.Options);
        Assert.AreEqual(server.Options.Limits.SessionWindow - 3, SessionProbe.ReceiveCredit(server.Session));
    }

    [TestMethod]
    public void Empty_parts_cost_credit_that_comes_back_without_a_consumer()
    {
        var server = new TestPeer(SessionSide.Server) { Accept = static () => new TestStream { Consumes = false } };
        server.Receive(Wire.Open(1, [], FrameFlags.More, 5));
        for (var part = 0; part < 2 * Window; part++)
        {
            server.Receive(Wire.Item(1, [], FrameFlags.More));
            server.TakeAll();
        }

        server.Receive(Wire.Item(1, new byte[5]));
        Assert.AreEqual(5, server.Accepted.Single().Messages.Single().Length);
        SessionProbe.CheckBooks(server.Session, server.Options);
    }

    [TestMethod]
    public void Producer_that_keeps_its_own_state_has_no_room_for_an_empty_message_without_credit()
    {
        var pair = new TestPair();
        var sink = new TestStream { Consumes = false };
        var source = pair.Open(end: true, sink).Callee;
        for (var sent = 0; sent < 4; sent++)
        {
            Assert.IsTrue(pair.Server.Session.TryPush(source, new byte[16 * 1024]));
        }

        Assert.IsFalse(pair.Server.Session.TryPush(source, default));
        pair.Pump();
        pair.Client.Session.Consume(sink, 2 * 16 * 1024);
        pair.Pump();
        Assert.AreEqual(1, source.Sendable);
        Assert.IsTrue(pair.Server.Session.TryPush(source, default));
    }

    [TestMethod]
    public void End_without_a_message_goes_out_when_no_credit_is_left()
    {
        var pair = new TestPair();
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        var (caller, callee) = pair.Open();
        for (var left = Window - CreditCost.Of(0); left > 0; left--)
        {
            Assert.IsTrue(pair.Client.Session.Send(caller, default, end: false, borrow: false));
        }

        pair.Client.Session.End(caller);
        pair.Pump();
        Assert.IsTrue(callee.Ended);
        pair.CheckBooks();
    }

    private static int SendEmptyUntilWaiting(TestPair pair, TestPeer sender, TestStream stream)
    {
        var sent = 0;
        while (sender.Session.Send(stream, default, end: false, borrow: false))
        {
            sent++;
            Assert.IsTrue(sent <= 16 * Window, "The sender never waits.");
        }

        pair.Pump();
        return sent;
    }
}
