namespace Loop.Sdk.WebRtc.Sctp.Simulation;

[TestClass]
public sealed class PartialReliabilityTests
{
    private const int Count = 2000;

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void Messages_that_may_not_be_sent_again_are_sent_once(bool unordered, bool interleaving)
    {
        var (arrived, carried) = Send(new Reliability(unordered, 0, -1), loss: 0.1, interleaving);
        Assert.IsTrue(arrived is > (int)(Count * 0.85) and < (int)(Count * 0.95), $"{arrived} arrived.");
        Assert.IsTrue(carried < Count * 1.5, $"{carried} packets for {Count} messages.");
    }

    [TestMethod]
    public void Messages_that_may_be_sent_again_twice_are_hardly_lost()
    {
        var (arrived, _) = Send(new Reliability(false, 2, -1), loss: 0.1, interleaving: true);
        Assert.IsTrue(arrived is >= Count - 12 and < Count + 1, $"{arrived} arrived.");
    }

    [TestMethod]
    public void Messages_are_given_up_when_their_time_has_passed()
    {
        var pair = new SimPair(3).Connected();
        var received = 0;
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received++;
                pair.B.Association.Return(next.Message);
            }
        };
        pair.There.IsCut = true;
        for (var count = 0; count < 100; count++)
        {
            pair.A.Association.TrySend(1, 53, new byte[3000], new Reliability(false, -1, 100_000), pair.A.Now);
        }

        pair.Network.Run(SimPair.Second);
        Assert.IsTrue(pair.A.Association.BufferedAmount < 300_000);
        pair.There.IsCut = false;
        pair.A.Association.TrySend(1, 53, new byte[1], Reliability.Ordered, pair.A.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsIdle, 30 * SimPair.Second));
        Assert.AreEqual(1, received, "Only the last was worth it.");
    }

    private static (int Arrived, int Carried) Send(Reliability reliability, double loss, bool interleaving)
    {
        var pair = new SimPair(1, new SctpSettings { Interleaving = interleaving }).Connected();
        pair.There.Loss = loss;
        var (arrived, sent, before) = (0, 0, pair.There.Carried);
        var message = new byte[1000];
        pair.A.OnIdle = () =>
        {
            while (sent < Count && pair.A.Association.TrySend(1, 53, message, reliability, pair.A.Now) == SctpSendResult.Taken)
            {
                sent++;
            }
        };
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                arrived++;
                pair.B.Association.Return(next.Message);
            }
        };
        Assert.IsTrue(pair.Network.RunUntil(() => sent == Count && pair.A.Association.IsIdle, 60 * SimPair.Second));
        return (arrived, pair.There.Carried - before);
    }
}
