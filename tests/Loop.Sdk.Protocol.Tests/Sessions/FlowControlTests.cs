using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class FlowControlTests
{
    private const int Window = 64 * 1024;

    [TestMethod]
    public void Message_waits_for_credit_and_its_sender_learns_when_it_is_on_its_way()
    {
        var pair = new TestPair();
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        var (caller, callee) = pair.Open();
        pair.Server.Session.Consume(callee, CreditCost.Of(0));
        foreach (var size in new[] { 16 * 1024, 16 * 1024, 16 * 1024, (16 * 1024) - CreditCost.Of(0) })
        {
            Assert.IsTrue(pair.Client.Session.Send(caller, new byte[size], end: false, borrow: false));
        }

        Assert.IsFalse(pair.Client.Session.Send(caller, new byte[1], end: false, borrow: false));
        pair.Pump();
        Assert.AreEqual((4 + 1, 0), (callee.Messages.Count, caller.Sendable));
        pair.Server.Session.Consume(callee, 2 * 16 * 1024);
        pair.Pump();
        Assert.AreEqual((5 + 1, 1), (callee.Messages.Count, caller.Sendable));
        pair.CheckBooks();
    }

    [TestMethod]
    public void Credit_is_granted_once_half_a_window_was_consumed()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { AckBytes = 1_000_000 } });
        server.Receive(Wire.Open(1), Wire.Item(1, new byte[16 * 1024]), Wire.Item(1, new byte[(16 * 1024) - 2]));
        Assert.AreEqual(0, server.TakeFrames().Count);
        server.Now += 10;
        server.Receive(Wire.Item(1, new byte[1]));
        var grant = server.TakeFrames().Single();
        Assert.AreEqual(FrameKind.Credit, grant.Kind);
        Assert.AreEqual((1UL, (ulong)Window / 2), (grant.First, grant.Second));
    }

    [TestMethod]
    public void Window_grows_only_while_the_sender_is_blocked_and_up_to_its_limit()
    {
        var server = new TestPeer(SessionSide.Server) { Accept = static () => new TestStream { Consumes = false } };
        server.Receive(Wire.Open(1));
        var stream = server.Accepted.Single();
        foreach (var expected in new[] { 128 * 1024, 256 * 1024, 512 * 1024, 1024 * 1024, 1024 * 1024 })
        {
            // The sender uses all it has before anything is consumed, however long that takes.
            server.Now += 100;
            for (var left = stream.ReceiveCredit; left > 0; left = stream.ReceiveCredit)
            {
                server.Receive(Wire.Item(1, new byte[Math.Min(left, 16 * 1024)]));
            }

            server.Session.Consume(stream, stream.Unconsumed);
            Assert.AreEqual(expected, stream.ReceiveWindow);
        }
    }

    [TestMethod]
    public void Window_stays_when_the_consumer_keeps_up()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        for (var sent = 0; sent < 100; sent++)
        {
            server.Now++;
            server.Receive(Wire.Item(1, new byte[10_000]));
        }

        Assert.AreEqual(Window, server.Accepted.Single().ReceiveWindow);
    }

    [TestMethod]
    public void Window_grows_while_it_is_through_in_no_time()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        for (var sent = 0; sent < 300; sent++)
        {
            server.Receive(Wire.Item(1, new byte[10_000]));
        }

        Assert.AreEqual(server.Options.MaxStreamWindow, server.Accepted.Single().ReceiveWindow);
        SessionProbe.CheckBooks(server.Session, server.Options);
    }

    [TestMethod]
    public void Large_message_is_granted_while_it_arrives_when_nothing_older_is_unconsumed()
    {
        var pair = new TestPair();
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        var (caller, callee) = pair.Open();
        pair.Server.Session.Consume(callee, CreditCost.Of(0));
        pair.Client.Session.Send(caller, new byte[1_000_000], end: false, borrow: false);
        pair.Pump();
        Assert.AreEqual(1_000_000, callee.Messages[^1].Length);
        SessionProbe.CheckBooks(pair.Server.Session, pair.Server.Options);
    }

    [TestMethod]
    public void Second_large_message_is_not_granted_while_an_older_one_is_unconsumed()
    {
        var pair = new TestPair();
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        var (caller, callee) = pair.Open();
        pair.Server.Session.Consume(callee, CreditCost.Of(0));
        pair.Client.Session.Send(caller, new byte[500_000], end: false, borrow: false);
        pair.Client.Session.Send(caller, new byte[500_000], end: false, borrow: false);
        pair.Pump();
        Assert.AreEqual(1 + 1, callee.Messages.Count);
        Assert.IsTrue(callee.Assembly!.Length <= 256 * 1024, "No more than a window of the second is taken in.");
        pair.Server.Session.Consume(callee, 500_000);
        pair.Pump();
        Assert.AreEqual(1 + 2, callee.Messages.Count);
        pair.CheckBooks();
    }

    [TestMethod]
    public void Session_window_stops_all_streams_and_comes_back_with_what_is_consumed()
    {
        var options = new SessionOptions { Limits = new PeerLimits { SessionWindow = Window } };
        var pair = new TestPair(server: options);
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        var callers = Enumerable.Range(0, 8).Select(_ => pair.Client.Open(new byte[16 * 1024])).ToArray();
        pair.Pump();
        Assert.AreEqual(4, pair.Server.Accepted.Count);
        pair.Server.Session.Consume(pair.Server.Accepted[0], 16 * 1024);
        pair.Pump();
        Assert.AreEqual(4, pair.Server.Accepted.Count, "Less than half a window is not granted.");
        pair.Server.Session.Consume(pair.Server.Accepted[1], 16 * 1024);
        pair.Pump();
        Assert.AreEqual(6, pair.Server.Accepted.Count);
        Assert.AreEqual(0UL, callers[7].Id, "An id is given when the open frame is written.");
    }

    [TestMethod]
    public void Session_credit_comes_back_when_a_stream_ends_with_what_it_did_not_consume()
    {
        var options = new SessionOptions { Limits = new PeerLimits { SessionWindow = Window } };
        var pair = new TestPair(server: options);
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        for (var round = 0; round < 20; round++)
        {
            var caller = pair.Client.Open(new byte[60_000]);
            pair.Pump();
            Assert.AreEqual(60_000, pair.Server.Accepted[^1].Messages.Single().Length);
            pair.Client.Session.Cancel(caller);
            pair.Pump();
        }

        pair.CheckBooks();
    }

    [TestMethod]
    public void Opening_waits_for_a_free_place_and_goes_on_at_once_when_the_peer_ends_another()
    {
        var pair = new TestPair(server: new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 } });
        var (_, callee) = pair.Open(end: true);
        var waiting = new TestStream();
        Assert.IsFalse(pair.Client.Session.Open(waiting, TestPeer.Header, new byte[3], end: true, borrow: false));
        pair.Pump();
        Assert.AreEqual(1, pair.Server.Accepted.Count);
        pair.Server.Session.End(callee);
        pair.Pump();
        Assert.AreEqual(2, pair.Server.Accepted.Count);
        Assert.AreEqual(1, waiting.Sendable);
    }

    [TestMethod]
    public void Opening_that_is_cancelled_while_it_waits_never_reaches_the_peer()
    {
        var pair = new TestPair(server: new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 } });
        var (caller, _) = pair.Open();
        var waiting = pair.Client.Open();
        pair.Client.Session.Cancel(waiting);
        pair.Client.Session.Cancel(caller);
        pair.Pump();
        Assert.AreEqual(1, pair.Server.Accepted.Count);
    }

    [TestMethod]
    public void Stream_beyond_the_limit_is_refused_and_the_session_lives_on()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 } });
        server.Receive(Wire.Open(1), Wire.Open(3, [1, 2]), Wire.Item(3, [3]), Wire.Cancel(3));
        var refusal = server.TakeFrames().Single();
        Assert.AreEqual((FrameKind.Error, 3UL), (refusal.Kind, refusal.First));
        StringAssert.Contains(System.Text.Encoding.UTF8.GetString(refusal.Body), ErrorCodes.ResourceExhausted);
        server.Receive(Wire.Cancel(1), Wire.Open(5));
        Assert.AreEqual(2, server.Accepted.Count);
        SessionProbe.CheckBooks(server.Session, server.Options);
    }
}
