namespace Loop.Sdk.WebRtc.Sctp;

[TestClass]
public sealed class ReassemblyTests
{
    [TestMethod]
    public void Messages_take_as_much_of_the_window_as_they_are_long_when_they_have_one_size()
    {
        const int first = 15_000;
        const int size = 16 * 1024;
        const int overhead = 64;
        var (settings, events) = (new SctpSettings(), new EventQueue<SctpEvent>());
        var reassembly = new Reassembly(settings, new BlockPool(settings.ReceiveBuffer), events);
        var most = settings.ReceiveBuffer / (size + overhead);
        var tsn = 1u;
        for (ushort number = 0; number <= most; number++)
        {
            Add(reassembly, ChunkFlags.Begin, tsn++, number, first);
            Add(reassembly, ChunkFlags.End, tsn++, number, size - first);
            Assert.IsTrue(events.TryTake(out var next) && next.Message.Length == size);
            if (number == 0)
            {
                // How long they are is known from now on.
                reassembly.Return(next.Message);
            }

            Assert.AreEqual((uint)(settings.ReceiveBuffer - (number * (size + overhead))), reassembly.Window);
        }
    }

    private static void Add(Reassembly reassembly, byte flags, uint tsn, ushort number, int length)
    {
        var packet = new byte[PacketHeader.Size + DataChunk.HeaderSize + Chunk.Padded(length)];
        var writer = new PacketWriter(packet, 1, 2, 3);
        DataChunk.Write(ref writer, flags, tsn, 1, number, 53, length);
        ReadOnlySpan<byte> rest = packet.AsSpan(PacketHeader.Size);
        Assert.IsTrue(Chunk.TryRead(ref rest, out var chunk));
        Assert.IsTrue(DataChunk.TryRead(chunk, out var data));
        Assert.AreEqual(SctpEndReason.None, reassembly.Add(data));
    }
}
