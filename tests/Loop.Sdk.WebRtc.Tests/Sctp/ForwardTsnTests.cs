namespace Loop.Sdk.WebRtc.Sctp;

[TestClass]
public sealed class ForwardTsnTests
{
    [TestMethod]
    [DataRow(true, 0)]
    [DataRow(true, 4)]
    [DataRow(false, 4)]
    [DataRow(false, 8)]
    public void Forward_waits_for_the_next_packet_when_there_is_no_room(bool unordered, int room)
    {
        var forward = GivenUp(unordered);
        var full = new PacketWriter(new byte[PacketHeader.Size + room], 1, 2, 3);
        var next = new PacketWriter(new byte[100], 1, 2, 3);

        Assert.IsFalse(forward.TryWrite(ref full));
        Assert.IsTrue(full.IsEmpty && forward.IsDue);
        Assert.IsTrue(forward.TryWrite(ref next));
        Assert.AreEqual(PacketHeader.Size + (unordered ? 8 : 12), next.Length, "A stream is named for ordered messages only.");
        Assert.IsFalse(forward.IsDue);
    }

    private static ForwardTsn GivenUp(bool unordered)
    {
        var (sent, messages) = (new SentRing(), new OutMessageTable());
        var forward = new ForwardTsn(sent, messages);
        sent.Reset(1);
        forward.Reset(0);
        var message = messages.Add(new OutMessage { Block = [], Stream = new OutboundStream(1), Reliability = new Reliability(unordered, 0, -1), IsAbandoned = true });
        sent.Add(new SentChunk { Message = message });
        forward.Advance();
        return forward;
    }
}
