using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class FairnessTests
{
    // Wide windows, so that turns decide and not credit.
    private static readonly SessionOptions Wide = new() { Limits = new PeerLimits { StreamWindow = 3_000_000, SessionWindow = 8_000_000 } };

    [TestMethod]
    public void Large_message_is_cut_into_frames_of_which_the_first_announces_the_length()
    {
        var client = new TestPeer(SessionSide.Client, remote: Wide.Limits);
        client.Open(new byte[40_000], end: true);
        var frames = client.TakeFrames();
        CollectionAssert.AreEqual(new[] { FrameKind.Open, FrameKind.Item, FrameKind.Item }, frames.ConvertAll(static frame => frame.Kind));
        CollectionAssert.AreEqual(new[] { FrameFlags.More, FrameFlags.More, FrameFlags.End }, frames.ConvertAll(static frame => frame.Flags));
        Assert.IsTrue(frames.TrueForAll(static frame => frame.Body.Length <= FrameLimits.MaxPayload + 20));
        Assert.AreEqual(40_000 + 3, Wide.Limits.SessionWindow - SessionProbe.SendCredit(client.Session), "The announcement costs credit too.");
    }

    [TestMethod]
    public void Small_message_passes_a_large_one()
    {
        var client = new TestPeer(SessionSide.Client, remote: Wide.Limits);
        var (large, small) = (client.Open(), client.Open());
        client.TakeAll();
        client.Session.Send(large, new byte[2_000_000], end: false, borrow: true);
        Assert.IsTrue(client.Session.TryTake(1, out _));
        client.Session.Taken();
        Assert.IsTrue(client.Session.Send(small, new byte[10], end: false, borrow: false));
        Assert.IsTrue(client.Session.TryTake(1, out var next));
        Assert.IsTrue(WireFrame.Parse(next.Span).Exists(frame => frame.First == small.Id), "It goes with the next message to the connection.");
    }

    [TestMethod]
    public void Streams_share_by_weight()
    {
        var client = new TestPeer(SessionSide.Client, remote: Wide.Limits);
        var light = client.Open(stream: new TestStream { Weight = 1 });
        var heavy = client.Open(stream: new TestStream { Weight = 4 });
        client.TakeAll();
        client.Session.Send(light, new byte[2_000_000], end: false, borrow: true);
        client.Session.Send(heavy, new byte[2_000_000], end: false, borrow: true);
        var frames = new List<WireFrame>();
        while (frames.Count < 100 && client.Session.TryTake(1, out var message))
        {
            frames.AddRange(WireFrame.Parse(message.Span));
            client.Session.Taken();
        }

        var ratio = (double)frames.Count(frame => frame.First == heavy.Id) / frames.Count(frame => frame.First == light.Id);
        Assert.IsTrue(ratio is > 3.5 and < 4.5, $"Weights 1 and 4 shared 1 to {ratio:0.0}.");
    }

    [TestMethod]
    public void Output_gathers_while_it_is_held_and_goes_when_there_is_much_of_it()
    {
        var client = new TestPeer(SessionSide.Client);
        client.Session.Hold();
        client.Open();
        Assert.IsFalse(client.HasOutput);
        client.Session.Resume();
        Assert.IsTrue(client.HasOutput);
        client.TakeAll();
        client.Session.Hold();
        var stream = client.Open(new byte[16_000]);
        client.Session.Send(stream, new byte[16_000], end: false, borrow: false);
        Assert.IsFalse(client.HasOutput);
        client.Session.Send(stream, new byte[16_000], end: false, borrow: false);
        Assert.IsTrue(client.HasOutput);
    }

    [TestMethod]
    public void Output_of_others_goes_at_once_when_a_thread_holds_its_own()
    {
        var client = new TestPeer(SessionSide.Client);
        client.Session.Hold();
        var other = new Thread(() => client.Open());
        other.Start();
        other.Join();
        Assert.IsTrue(client.HasOutput);
    }

    [TestMethod]
    public void Payload_may_change_after_the_call_unless_it_was_lent()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        var payload = new byte[50_000];
        pair.Client.Session.Send(caller, payload, end: false, borrow: false);
        payload.AsSpan().Fill(9);
        pair.Pump();
        Assert.IsFalse(callee.Messages[^1].AsSpan().Contains((byte)9));
    }
}
