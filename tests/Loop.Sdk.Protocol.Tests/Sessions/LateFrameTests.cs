using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class LateFrameTests
{
    private static readonly SessionOptions Small = new()
    {
        Limits = new PeerLimits { StreamWindow = FrameLimits.MinWindow, SessionWindow = FrameLimits.MinWindow, MaxMessage = 100_000, MaxStreams = 2 },
        MaxAssembly = 150_000,
    };

    [TestMethod]
    public void Frames_that_cross_a_cancellation_are_ignored_and_their_credit_comes_back_at_once()
    {
        var pair = new TestPair(server: Small);
        var (caller, callee) = pair.Open();
        pair.Server.Session.Cancel(callee);
        pair.Client.Session.Send(caller, new byte[20_000], end: false, borrow: false);
        pair.Pump();
        Assert.AreEqual(1, callee.Messages.Count, "Only the opening message.");
        Assert.AreEqual(ErrorCodes.Cancelled, caller.Failure!.Code);
        pair.CheckBooks();
        for (var round = 0; round < 5; round++)
        {
            var next = pair.Open();
            pair.Client.Session.Send(next.Caller, new byte[30_000], end: true, borrow: false);
            pair.Pump();
            Assert.AreEqual(1 + 1, next.Callee.Messages.Count);
            pair.Server.Session.End(next.Callee);
            pair.Pump();
        }
    }

    [TestMethod]
    public void Every_kind_of_frame_is_ignored_when_it_is_late()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        server.Session.Cancel(server.Accepted.Single());
        server.Receive(Wire.Item(1, [1]), Wire.Credit(1, 5), Wire.End(1), Wire.Cancel(1), Wire.Error(1, "{\"code\":\"x\",\"message\":\"\"}"));
        Assert.AreEqual(6UL, server.Session.Received);
        Assert.IsNull(server.Accepted.Single().Failure);
    }

    [TestMethod]
    public void Message_that_is_too_large_ends_its_stream_alone_and_costs_the_session_nothing()
    {
        var pair = new TestPair(client: new SessionOptions(), server: Small);
        for (ulong id = 1; id < 40; id += 2)
        {
            pair.Server.Receive(Wire.Open(id, new byte[16_000], FrameFlags.More, 100_001));
            Assert.AreEqual(ErrorCodes.MessageTooLarge, pair.Server.Accepted[^1].Failure!.Code);
            SessionProbe.CheckBooks(pair.Server.Session, Small);
        }

        Assert.IsTrue(pair.Server.TakeFrames().Exists(frame => frame.Kind == FrameKind.Error));
        Assert.AreEqual(0, SessionProbe.Assembling(pair.Server.Session));
    }

    [TestMethod]
    public void Message_is_refused_by_its_sender_when_the_peer_takes_no_such_size()
    {
        var pair = new TestPair(server: Small);
        var error = Assert.ThrowsExactly<LoopException>(() => pair.Client.Open(new byte[100_001]));
        Assert.AreEqual(ErrorCodes.MessageTooLarge, error.Code);
        Assert.AreEqual(0, pair.Client.Session.OpenStreams);
    }

    [TestMethod]
    public void Assembly_budget_ends_the_stream_that_exceeds_it_and_frees_what_it_held()
    {
        var options = new SessionOptions { MaxAssembly = 100_000 };
        var server = new TestPeer(SessionSide.Server, options);
        server.Receive(Wire.Open(1, new byte[16_000], FrameFlags.More, 80_000), Wire.Open(3, new byte[16_000], FrameFlags.More, 80_000));
        Assert.IsNull(server.Accepted[0].Failure);
        Assert.AreEqual(ErrorCodes.ResourceExhausted, server.Accepted[1].Failure!.Code);
        Assert.IsTrue(SessionProbe.Assembling(server.Session) <= 80_000);
        SessionProbe.CheckBooks(server.Session, options);
        server.Receive(Wire.Cancel(1));
        Assert.AreEqual(0, SessionProbe.Assembling(server.Session));
    }

    [TestMethod]
    public void Empty_first_part_counts_once_in_the_assembly_budget()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1, [], FrameFlags.More, 5), Wire.Item(1, [], FrameFlags.More), Wire.Item(1, new byte[5]));
        Assert.AreEqual(5, server.Accepted.Single().Messages.Single().Length);
        SessionProbe.CheckBooks(server.Session, server.Options);
    }

    [TestMethod]
    public void Closed_session_writes_nothing_for_frames_that_still_arrive()
    {
        var server = new TestPeer(SessionSide.Server, Small);
        server.Receive(Wire.Open(1));
        server.Session.Close(new LoopException(ErrorCodes.Closed, "Over."));
        server.Receive(Wire.Item(1, new byte[16_000]), Wire.Item(1, new byte[16_000]), Wire.End(1));
        Assert.ThrowsExactly<LoopException>(() => server.Receive(Wire.Open(3)));
        Assert.AreEqual(1, server.Accepted.Count);
        Assert.AreEqual(0, server.Session.Unacknowledged);
    }
}
