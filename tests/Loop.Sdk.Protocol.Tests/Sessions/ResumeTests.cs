using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class ResumeTests
{
    [TestMethod]
    public void Everything_the_peer_did_not_receive_is_sent_again_and_nothing_else()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        for (byte number = 1; number <= 4; number++)
        {
            pair.Client.Session.Send(caller, new[] { number }, end: false, borrow: false);
        }

        var sent = pair.Client.TakeFrames();
        pair.Server.Receive(sent.Take(2).Select(static frame => Wire.Frame(frame.Kind, frame.Flags, frame.Body)).ToArray());
        pair.Cut();
        pair.Resume();
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, callee.Messages.Skip(1).Select(static message => message[0]).ToArray());
    }

    [TestMethod]
    public void What_is_sent_without_a_connection_waits_for_the_next()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Cut();
        Assert.IsTrue(pair.Client.Session.Send(caller, new byte[] { 1 }, end: true, borrow: false));
        Assert.IsFalse(pair.Client.HasOutput);
        pair.Resume();
        Assert.IsTrue(callee.Ended);
    }

    [TestMethod]
    public void Position_is_refused_when_it_was_never_reached_or_is_no_longer_held()
    {
        var client = new TestPeer(SessionSide.Client);
        var stream = client.Open();
        client.TakeAll();
        client.Receive(Wire.Ack(1));
        client.Session.Send(stream, new byte[1], end: false, borrow: false);
        Assert.IsFalse(client.Session.CanResumeFrom(0), "Acknowledged and gone.");
        Assert.IsTrue(client.Session.CanResumeFrom(1));
        Assert.IsTrue(client.Session.CanResumeFrom(2));
        Assert.IsFalse(client.Session.CanResumeFrom(3), "Never sent.");
        client.Session.Close(new LoopException(ErrorCodes.Closed, "Over."));
        Assert.IsFalse(client.Session.CanResumeFrom(2));
    }

    [TestMethod]
    public void Acknowledgement_goes_out_after_so_many_bytes()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { AckBytes = 1000 } });
        server.Receive(Wire.Open(1), Wire.Item(1, new byte[900]));
        Assert.AreEqual(0, server.TakeFrames().Count);
        server.Receive(Wire.Item(1, new byte[100]));
        var ack = server.TakeFrames().Single();
        Assert.AreEqual((FrameKind.Ack, 3UL), (ack.Kind, ack.First));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Client_gives_a_sign_on_a_resume_at_the_next_tick_unless_it_did_so_before(bool calls)
    {
        var client = new TestPeer(SessionSide.Client);
        client.Open();
        client.TakeFrames();
        client.Receive(Wire.Item(1, new byte[10]));
        client.Session.Detach();
        client.Session.Attach(1, 2);
        Assert.AreEqual(0, client.TakeFrames().Count);
        if (calls)
        {
            client.Open();
            Assert.AreEqual(FrameKind.Open, client.TakeFrames().Single().Kind);
        }

        Assert.IsTrue(client.Session.Tick(3));
        var sign = client.TakeFrames();
        Assert.AreEqual(calls ? 0 : 1, sign.Count);
        Assert.IsTrue(calls || (sign[0].Kind, sign[0].First) == (FrameKind.Ack, 1UL));
        client.Session.Tick(4);
        Assert.AreEqual(0, client.TakeFrames().Count, "Once is enough.");
    }

    [TestMethod]
    public void Server_sends_no_acknowledgement_on_a_resume_since_its_welcome_says_what_it_received()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        server.Session.Detach();
        server.Session.Attach(0, 2);
        Assert.AreEqual(0, server.TakeFrames().Count);
    }

    [TestMethod]
    public void Acknowledgements_are_rarer_when_they_would_follow_each_other_fast()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { AckBytes = 1000 } });
        server.Receive(Wire.Open(1), Wire.Item(1, new byte[1000]));
        Assert.AreEqual(FrameKind.Ack, server.TakeFrames().Single().Kind);
        for (var received = 0; received < 15; received++)
        {
            server.Receive(Wire.Item(1, new byte[1000]));
            Assert.AreEqual(0, server.TakeFrames().Count);
        }

        server.Receive(Wire.Item(1, new byte[1000]));
        Assert.AreEqual(18UL, server.TakeFrames().Single().First);
        server.Now += 100;
        server.Receive(Wire.Item(1, new byte[1000]));
        Assert.AreEqual(19UL, server.TakeFrames().Single().First);
    }

    [TestMethod]
    public void Acknowledgement_shares_a_message_with_what_is_small()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { AckBytes = 1000 } });
        server.Session.Hold();
        server.Receive(Wire.Open(1), Wire.Item(1, new byte[1000]));
        server.Session.Send(server.Accepted.Single(), new byte[3], end: false, borrow: false);
        Assert.IsTrue(server.Session.TryTake(server.Now, out var message));
        CollectionAssert.AreEqual(new[] { FrameKind.Ack, FrameKind.Item }, WireFrame.Parse(message.ToArray()).Select(static frame => frame.Kind).ToArray());
    }

    [TestMethod]
    public void Unacknowledged_output_is_given_up_when_it_is_more_than_may_be()
    {
        var client = new TestPeer(SessionSide.Client, new SessionOptions { MaxReplay = 50_000 });
        var stream = client.Open();
        for (var sent = 0; sent < 4 && client.Overflow is null; sent++)
        {
            client.Session.Send(stream, new byte[15_000], end: false, borrow: false);
            client.TakeAll();
        }

        Assert.AreEqual(ErrorCodes.ReplayOverflow, client.Overflow!.Code);
        Assert.AreEqual(ErrorCodes.ReplayOverflow, stream.Failure!.Code);
    }

    [TestMethod]
    public void Control_frames_of_the_old_connection_do_not_reach_the_new_one()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Session.SendGoAway(new GoAway(ErrorCodes.Fenced, Verdict.Stop));
        server.Session.Detach();
        server.Session.SendAuthResult(new AuthResult());
        server.Session.Attach(0, 2);
        Assert.AreEqual(0, server.TakeFrames().Count);
    }

    [TestMethod]
    public void Frame_is_taken_in_whole_wherever_the_bytes_are_cut()
    {
        var bytes = Wire.Open(1, new byte[300]);
        var server = new TestPeer(SessionSide.Server);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.AreEqual(0, server.Session.Receive(bytes.AsSpan(0, length), 1));
        }

        Assert.AreEqual(bytes.Length, server.Session.Receive(bytes, 1));
    }
}
