namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>What is reached over links of known quality; time is simulated, so the figures do not depend on the machine.</summary>
[TestClass]
public sealed class ThroughputTests
{
    private const int MessageSize = 16 * 1024;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Transfer_keeps_its_speed_when_one_packet_in_a_hundred_is_lost()
    {
        var pair = new SimPair(1);
        foreach (var link in new[] { pair.There, pair.Back })
        {
            link.Delay = 10_000;
            link.Loss = 0.01;
            link.MaxPacket = 1500;
        }

        pair.Connected();
        var received = Pump(pair);
        pair.Network.Run(2 * SimPair.Second);
        var before = received();
        pair.Network.Run(5 * SimPair.Second);
        var rate = (received() - before) / 5.0 / 1e6;
        TestContext.WriteLine($"{rate:F1} MB/s, rate {pair.A.Association.Congestion.Rate / 1e6:F1}, window {pair.A.Association.Congestion.Window}");
        Assert.IsTrue(rate >= 10, $"{rate:F1} MB/s");
    }

    [TestMethod]
    public void Transfer_fills_a_slow_link_without_flooding_it()
    {
        var pair = Slow(new SimPair(2)).Connected();
        var received = Pump(pair);
        pair.Network.Run(3 * SimPair.Second);
        var before = received();
        pair.Network.Run(20 * SimPair.Second);
        var rate = (received() - before) / 20.0 / 1e6;
        var loss = (double)pair.There.Dropped / pair.There.Carried;
        TestContext.WriteLine($"{rate:F3} MB/s, {loss:P1} lost, window {pair.A.Association.Congestion.Window}, rtt {pair.A.Association.Congestion.MinRtt}");
        Assert.IsTrue(rate > 1.05, $"{rate:F3} MB/s");
        Assert.IsTrue(loss < 0.03, $"{loss:P1} lost");
    }

    [TestMethod]
    public void Transfers_share_a_link_when_one_begins_later()
    {
        var first = Slow(new SimPair(3)).Connected();
        var second = Slow(new SimPair(4, network: first.Network, there: first.There));
        var one = Pump(first);
        first.Network.Run(5 * SimPair.Second);
        second.Connected();
        var two = Pump(second);
        first.Network.Run(10 * SimPair.Second);
        var (oneBefore, twoBefore) = (one(), two());
        first.Network.Run(30 * SimPair.Second);
        var (oneRate, twoRate) = ((one() - oneBefore) / 30e6, (two() - twoBefore) / 30e6);
        TestContext.WriteLine($"{oneRate:F3} and {twoRate:F3} MB/s, {(double)first.There.Dropped / first.There.Carried:P1} lost");
        Assert.IsTrue(oneRate < 2 * twoRate && twoRate < 2 * oneRate, $"{oneRate:F3} and {twoRate:F3} MB/s");
        Assert.IsTrue(oneRate + twoRate > 1.0, $"{oneRate:F3} and {twoRate:F3} MB/s");
    }

    private static SimPair Slow(SimPair pair)
    {
        pair.There.Delay = pair.Back.Delay = 10_000;
        pair.There.Bandwidth = pair.Back.Bandwidth = 1_250_000;
        pair.There.MaxPacket = pair.Back.MaxPacket = 1500;
        return pair;
    }

    /// <summary>Sends as much as is taken, and reads it at once; gives what tells how much was read.</summary>
    private static Func<long> Pump(SimPair pair)
    {
        var message = new byte[MessageSize];
        var received = 0L;
        pair.A.OnIdle = () =>
        {
            while (pair.A.Association.TrySend(1, 53, message, Reliability.Ordered, pair.A.Now) == SctpSendResult.Taken)
            {
            }
        };
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received += next.Message.Length;
                pair.B.Association.Return(next.Message);
            }
        };
        return () => received;
    }
}
