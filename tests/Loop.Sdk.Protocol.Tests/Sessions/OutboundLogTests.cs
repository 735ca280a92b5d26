using Loop.Sdk.Frames;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class OutboundLogTests
{
    private readonly OutboundLog _log = new();

    [TestMethod]
    public void Memory_is_given_back_once_acknowledged()
    {
        Write(1000, 200);
        TakeAll();
        Assert.AreEqual(203_000, _log.Unacknowledged);
        Assert.IsTrue(_log.Acknowledge(1000));
        Assert.AreEqual(0, _log.Unacknowledged);
        Assert.IsTrue(_log.Holds(1000));
        Assert.IsFalse(_log.Holds(999));
    }

    [TestMethod]
    public void Memory_is_kept_while_it_is_taken_however_soon_it_was_acknowledged()
    {
        Write(3, 100);
        Assert.IsTrue(_log.TryTake(out var message));
        var copy = message.ToArray();
        _log.Acknowledge(3);
        Assert.AreEqual(copy.Length, _log.Unacknowledged);
        Write(50, 1000);
        CollectionAssert.AreEqual(copy, message.ToArray());
        TakeAll();
        _log.Acknowledge(53);
        Assert.AreEqual(0, _log.Unacknowledged);
    }

    [TestMethod]
    public void Rewind_gives_every_frame_after_the_position_again()
    {
        for (var position = 0; position <= 300; position += 37)
        {
            var log = new OutboundLog();
            Write(300, 500, log);
            var all = WireFrame.Parse(TakeAll(log));
            log.Rewind((ulong)position);
            var again = WireFrame.Parse(TakeAll(log));
            CollectionAssert.AreEqual(all.Skip(position).Select(Number).ToArray(), again.Select(Number).ToArray());
            Assert.AreEqual(0, log.Unsent);
        }
    }

    [TestMethod]
    public void Acknowledgement_is_refused_beyond_what_was_written_and_never_goes_back()
    {
        Write(2, 10);
        Assert.IsFalse(_log.Acknowledge(3));
        TakeAll();
        Assert.IsTrue(_log.Acknowledge(2));
        Assert.IsTrue(_log.Acknowledge(1));
        Assert.AreEqual(0, _log.Unacknowledged);
    }

    [TestMethod]
    public void Clear_gives_everything_back_once_nothing_is_taken()
    {
        Write(500, 1000);
        _log.TryTake(out _);
        _log.Clear();
        Assert.IsTrue(_log.Unacknowledged > 0);
        _log.Release();
        Assert.AreEqual((0L, 0), (_log.Unacknowledged, _log.Unsent));
    }

    private static int Number(WireFrame frame) => BitConverter.ToInt32(frame.Body);

    private void Write(int count, int bodySize) => Write(count, bodySize, _log);

    private static void Write(int count, int bodySize, OutboundLog log)
    {
        for (var number = 0; number < count; number++)
        {
            var body = new byte[bodySize];
            BitConverter.TryWriteBytes(body, number);
            var frame = FrameWriter.Create(FrameKind.Item, body);
            frame.CopyTo(log.Reserve(frame.Length));
            log.Commit(frame.Length);
        }
    }

    private void TakeAll() => TakeAll(_log);

    private static byte[] TakeAll(OutboundLog log)
    {
        var bytes = new List<byte>();
        while (log.TryTake(out var message))
        {
            bytes.AddRange(message.Span);
            log.Release();
        }

        return [.. bytes];
    }
}
