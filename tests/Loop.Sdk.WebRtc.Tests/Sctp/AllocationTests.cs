namespace Loop.Sdk.WebRtc.Sctp;

[TestClass]
public sealed class AllocationTests
{
    [TestMethod]
    [DataRow(16_384, 1184, true, false)]
    [DataRow(16_384, 16_000, true, false)]
    [DataRow(100, 1184, true, false)]
    [DataRow(100, 1184, false, false)]
    [DataRow(16_384, 1184, false, true)]
    public void Messages_cost_no_memory_when_many_are_sent(int size, int packet, bool interleaving, bool unordered)
    {
        var pipe = new MemoryPipe(new SctpSettings { MaxPacketSize = packet, Interleaving = interleaving });
        Assert.IsTrue(pipe.A.IsConnected && pipe.B.IsConnected);
        var message = new byte[size];
        var reliability = new Reliability(unordered, -1, -1);
        pipe.Pump(message, 20_000, reliability);
        var before = GC.GetAllocatedBytesForCurrentThread();
        pipe.Pump(message, 20_000, reliability);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
