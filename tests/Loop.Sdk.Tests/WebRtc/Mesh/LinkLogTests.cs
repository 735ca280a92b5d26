namespace Loop.Sdk.WebRtc.Mesh;

[TestClass]
public sealed class LinkLogTests
{
    [TestMethod]
    public void What_is_not_acknowledged_goes_again_when_another_way_is_taken()
    {
        var log = new LinkLog(10_000);
        for (var number = 1; number <= 4; number++)
        {
            log.Add("x", [(byte)number]);
        }

        Assert.AreEqual((1L, 2L, 3L), (Next(log), Next(log), Next(log)));
        Assert.IsTrue(log.Acknowledge(2));
        log.Rewind();
        Assert.AreEqual((3L, 4L), (Next(log), Next(log)));
        Assert.IsFalse(log.TryNext(out _));
        Assert.IsFalse(log.Acknowledge(5));
        Assert.IsTrue(log.Acknowledge(1));
        Assert.IsTrue(log.Acknowledge(4));
        log.Rewind();
        Assert.IsFalse(log.TryNext(out _));
    }

    [TestMethod]
    public void What_is_not_acknowledged_begins_a_new_life_when_the_peer_has_forgotten()
    {
        var log = new LinkLog(10_000);
        for (var number = 1; number <= 4; number++)
        {
            log.Add("x", [(byte)number]);
        }

        Assert.IsTrue(log.Take(1));
        Assert.IsTrue(log.Acknowledge(2));
        log.Renumber();
        Assert.AreEqual(0, log.Received);
        Assert.AreEqual((1L, 2L), (Next(log), Next(log)));
        Assert.IsFalse(log.TryNext(out _));
        log.Add("x", [5]);
        Assert.AreEqual(3L, Next(log));
    }

    [TestMethod]
    public void What_comes_twice_is_passed_over_and_what_is_missing_is_noticed()
    {
        var log = new LinkLog(10_000);
        Assert.IsTrue(log.Take(1));
        Assert.IsFalse(log.Take(1));
        Assert.IsNull(log.Take(3));
        Assert.IsTrue(log.Take(2));
        Assert.AreEqual(2, log.Received);
    }

    [TestMethod]
    public void Messages_arrive_once_and_in_order_over_ways_that_break_anywhere()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (mine, theirs) = (new LinkLog(500), new LinkLog(500));
            var arrived = new List<int>();
            var wire = new Queue<byte[]>();
            var added = 0;
            while (arrived.Count < 300)
            {
                switch (random.Next(6))
                {
                    case 0 or 1 when added < 300 && mine.HasRoom:
                        mine.Add("x", BitConverter.GetBytes(added++));
                        break;
                    case 2 when mine.TryNext(out var frame):
                        wire.Enqueue(frame);
                        break;
                    case 3 when wire.TryDequeue(out var frame) && LinkFrame.TryRead(frame, out var read):
                        Assert.IsNotNull(theirs.Take(read.Number), $"seed {seed}");
                        if (theirs.Received == arrived.Count + 1)
                        {
                            arrived.Add(BitConverter.ToInt32(read.Payload));
                        }

                        break;
                    case 4:
                        mine.Acknowledge(theirs.Received);
                        break;
                    case 5 when random.Next(10) == 0:
                        // The way breaks: what was on it is gone, or some of it comes late.
                        if (random.Next(2) == 0)
                        {
                            wire.Clear();
                        }

                        mine.Acknowledge(theirs.Received);
                        mine.Rewind();
                        break;
                }
            }

            Assert.IsTrue(arrived.SequenceEqual(Enumerable.Range(0, 300)), $"seed {seed}");
        }
    }

    private static long Next(LinkLog log)
    {
        Assert.IsTrue(log.TryNext(out var frame));
        Assert.IsTrue(LinkFrame.TryRead(frame, out var read));
        return read.Number;
    }
}
