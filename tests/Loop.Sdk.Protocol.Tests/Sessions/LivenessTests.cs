using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class LivenessTests
{
    private const int KeepAlive = 15_000;
    private const int PongTimeout = 10_000;

    [TestMethod]
    public void Client_pings_when_the_connection_was_silent_and_the_pong_acknowledges()
    {
        var pair = new TestPair();
        pair.Open();
        Assert.IsTrue(pair.Client.Session.Unacknowledged > 0);
        pair.Pass(KeepAlive - 1);
        Assert.IsTrue(pair.Client.Session.Tick(pair.Client.Now));
        Assert.IsFalse(pair.Client.HasOutput);
        pair.Pass(1);
        Assert.IsTrue(pair.Client.Session.Tick(pair.Client.Now));
        Assert.IsTrue(pair.Client.HasOutput);
        pair.Pump();
        Assert.AreEqual(0, pair.Client.Session.Unacknowledged);
    }

    [TestMethod]
    public void Pong_carries_the_pings_token()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1), Wire.Ping(77, 0));
        var pong = server.TakeFrames().Single();
        Assert.AreEqual((FrameKind.Pong, 77UL, 1UL), (pong.Kind, pong.First, pong.Second));
    }

    [TestMethod]
    public void Ping_goes_out_once_until_it_was_answered()
    {
        var pair = new TestPair();
        pair.Client.Session.Ping(pair.Client.Now);
        pair.Client.Session.Ping(pair.Client.Now);
        var pings = pair.Client.TakeFrames();
        Assert.AreEqual(FrameKind.Ping, pings.Single().Kind);
        pair.Client.Receive(Wire.Pong(0, 0));
        pair.Client.Session.Ping(pair.Client.Now);
        Assert.AreEqual(1, pair.Client.TakeFrames().Count);
    }

    [TestMethod]
    public void Client_drops_the_connection_when_no_pong_comes()
    {
        var client = new TestPeer(SessionSide.Client) { Now = 1 + KeepAlive };
        Assert.IsTrue(client.Session.Tick(client.Now));
        Assert.IsTrue(client.Session.Tick(client.Now + PongTimeout - 1));
        Assert.IsFalse(client.Session.Tick(client.Now + PongTimeout));
    }

    [TestMethod]
    public void Client_drops_the_connection_when_the_peer_dies_after_a_sign_of_life_that_was_no_pong()
    {
        var client = new TestPeer(SessionSide.Client) { Now = 1 + KeepAlive };
        client.Session.Tick(client.Now);
        client.Now += 5;
        client.Receive(Wire.Ack(0));
        Assert.IsTrue(client.Session.Tick(client.Now + PongTimeout - 1));
        Assert.IsFalse(client.Session.Tick(client.Now + PongTimeout));
    }

    [TestMethod]
    public void Server_drops_the_connection_when_two_pings_stayed_away()
    {
        var server = new TestPeer(SessionSide.Server);
        const long Limit = (2 * KeepAlive) + PongTimeout;
        Assert.IsTrue(server.Session.Tick(server.Now + Limit - 1));
        Assert.IsFalse(server.Session.Tick(server.Now + Limit));
    }

    [TestMethod]
    public void Detached_session_waits_without_pings()
    {
        var client = new TestPeer(SessionSide.Client);
        client.Session.Detach();
        Assert.IsTrue(client.Session.Tick(10_000_000));
        client.Session.Ping(10_000_000);
        Assert.IsFalse(client.HasOutput);
    }

    [TestMethod]
    public void Deadline_ends_a_stream_when_it_passes_open_or_waiting()
    {
        var pair = new TestPair(server: new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 } });
        var open = pair.Client.Open(stream: new TestStream { DeadlineAt = 1000 });
        var waiting = pair.Client.Open(stream: new TestStream { DeadlineAt = 2000 });
        var patient = pair.Client.Open(stream: new TestStream { DeadlineAt = 3000 });
        pair.Client.Session.Tick(999);
        Assert.IsFalse(open.Overdue);
        pair.Client.Session.Tick(2000);
        Assert.IsTrue(open.Overdue && waiting.Overdue);
        Assert.IsFalse(patient.Overdue);
        pair.Pump();
        Assert.AreEqual(ErrorCodes.Cancelled, pair.Server.Accepted[0].Failure!.Code);
        Assert.IsFalse(pair.Server.Accepted[^1].IsClosed, "The patient one has the place now.");
        pair.Client.Session.Tick(3000);
        Assert.IsTrue(patient.Overdue);
    }

    [TestMethod]
    public void Deadline_of_any_length_reaches_the_peer()
    {
        var pair = new TestPair();
        pair.Client.Session.Open(new TestStream(), TestPeer.Header with { DeadlineMs = 1L << 40 }, default, end: true, borrow: false);
        pair.Pump();
        Assert.AreEqual(1L << 40, pair.Server.Headers.Single().DeadlineMs);
    }

    [TestMethod]
    public void Control_frames_reach_the_side_that_they_are_meant_for()
    {
        var pair = new TestPair();
        pair.Client.Session.SendAuth(Credentials.Bearer("t"));
        pair.Server.Session.SendAuthResult(new AuthResult { Accepted = true, ExpiresInMs = 5 });
        pair.Server.Session.SendGoAway(new GoAway(ErrorCodes.Draining, Verdict.Resume) { RetryAfterMs = 10 });
        pair.Client.Session.SendGoAway(new GoAway(ErrorCodes.Closed, Verdict.Stop));
        pair.Pump();
        Assert.AreEqual("t", pair.Server.Auths.Single().Token);
        Assert.AreEqual(5, pair.Client.AuthResults.Single().ExpiresInMs);
        Assert.AreEqual((Verdict.Resume, 10), (pair.Client.GoAways.Single().Verdict, pair.Client.GoAways.Single().RetryAfterMs));
        Assert.AreEqual(Verdict.Stop, pair.Server.GoAways.Single().Verdict);
        Assert.AreEqual(0UL, pair.Server.Session.Received, "They are not counted.");
    }
}
