using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class ProtocolErrorTests
{
    private readonly TestPeer _server = new(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { StreamWindow = 40_000, SessionWindow = 60_000 } });

    [TestMethod]
    [DataRow(0UL, DisplayName = "zero")]
    [DataRow(2UL, DisplayName = "wrong side")]
    public void Open_breaks_the_session_when_its_id_cannot_be_the_peers(ulong id) => _server.ReceiveBroken(ErrorCodes.InvalidStreamId, Wire.Open(id));

    [TestMethod]
    [DataRow(5UL, DisplayName = "used")]
    [DataRow(3UL, DisplayName = "skipped")]
    public void Open_breaks_the_session_when_its_id_is_not_higher_than_all_before(ulong id) =>
        _server.ReceiveBroken(ErrorCodes.InvalidStreamId, Wire.Open(5), Wire.Open(id));

    [TestMethod]
    public void Frame_breaks_the_session_when_its_stream_was_never_opened()
    {
        foreach (var frame in new[] { Wire.Item(1), Wire.End(3), Wire.Cancel(2), Wire.Error(7, "{\"code\":\"x\",\"message\":\"\"}"), Wire.Credit(9, 1) })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.InvalidStreamId, frame);
        }
    }

    [TestMethod]
    public void Item_breaks_the_session_when_it_follows_the_end()
    {
        _server.ReceiveBroken(ErrorCodes.ProtocolError, Wire.Open(1, flags: FrameFlags.End), Wire.Item(1));
    }

    [TestMethod]
    public void End_breaks_the_session_when_it_comes_twice() => _server.ReceiveBroken(ErrorCodes.ProtocolError, Wire.Open(1), Wire.End(1), Wire.End(1));

    [TestMethod]
    public void End_breaks_the_session_when_it_comes_within_a_message() =>
        _server.ReceiveBroken(ErrorCodes.ProtocolError, Wire.Open(1, new byte[10], FrameFlags.More, 20), Wire.End(1));

    [TestMethod]
    public void Message_breaks_the_session_when_it_is_not_of_the_announced_length()
    {
        var open = Wire.Open(1, new byte[10], FrameFlags.More, 20);
        foreach (var item in new[] { Wire.Item(1, new byte[11]), Wire.Item(1, new byte[9]), Wire.Item(1, new byte[10], FrameFlags.More) })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.ProtocolError, open, item);
        }
    }

    [TestMethod]
    public void Message_breaks_the_session_when_it_announces_no_more_than_its_first_part() =>
        _server.ReceiveBroken(ErrorCodes.ProtocolError, Wire.Open(1, new byte[10], FrameFlags.More, 10));

    [TestMethod]
    public void Stream_credit_is_enforced()
    {
        _server.Accept = static () => new TestStream { Consumes = false };
        _server.Receive(Wire.Open(1, new byte[16_000]), Wire.Item(1, new byte[16_000]), Wire.Item(1, new byte[8_000]));
        _server.ReceiveBroken(ErrorCodes.CreditViolation, Wire.Item(1, new byte[1]));
    }

    [TestMethod]
    public void Session_credit_is_enforced_across_streams()
    {
        _server.Accept = static () => new TestStream { Consumes = false };
        _server.Receive(Wire.Open(1, new byte[16_000]), Wire.Open(3, new byte[16_000]), Wire.Open(5, new byte[16_000]), Wire.Open(7, new byte[12_000]));
        _server.ReceiveBroken(ErrorCodes.CreditViolation, Wire.Open(9, new byte[1]));
    }

    [TestMethod]
    public void Credit_breaks_the_session_when_it_is_nothing_or_more_than_can_be()
    {
        foreach (var bytes in new[] { 0UL, (ulong)int.MaxValue })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.CreditViolation, Wire.Credit(0, bytes));
        }

        new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.ProtocolError, Wire.Credit(0, 1UL << 40));
    }

    [TestMethod]
    public void Acknowledgement_breaks_the_session_when_it_names_what_was_never_sent()
    {
        foreach (var frame in new[] { Wire.Ack(1), Wire.Ping(0, 1), Wire.Pong(0, 1) })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.ProtocolError, frame);
        }
    }

    [TestMethod]
    public void Unknown_frame_is_skipped_when_it_says_so_and_breaks_the_session_otherwise()
    {
        foreach (var kind in new[] { 0, 1, 2, 13, 15, 31 })
        {
            var server = new TestPeer(SessionSide.Server);
            server.Receive(Wire.Frame((FrameKind)kind, FrameFlags.Ignorable, [1, 2, 3]));
            Assert.AreEqual(0UL, server.Session.Received);
            server.ReceiveBroken(ErrorCodes.ProtocolError, Wire.Frame((FrameKind)kind, FrameFlags.None, [1, 2, 3]));
        }
    }

    [TestMethod]
    public void Error_breaks_the_session_when_it_cannot_be_read()
    {
        foreach (var json in new[] { "{", "null", "{}", "{\"code\":\"\",\"message\":\"\"}", "{\"code\":null,\"message\":\"\"}", "[]" })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.ProtocolError, Wire.Open(1), Wire.Error(1, json));
        }
    }

    [TestMethod]
    public void Tracked_frame_breaks_the_session_when_it_is_cut_short()
    {
        foreach (var kind in new[] { FrameKind.Open, FrameKind.Item, FrameKind.End, FrameKind.Error, FrameKind.Cancel, FrameKind.Credit })
        {
            new TestPeer(SessionSide.Server).ReceiveBroken(ErrorCodes.ProtocolError, Wire.Frame(kind, FrameFlags.None, [0x80]));
        }
    }
}
