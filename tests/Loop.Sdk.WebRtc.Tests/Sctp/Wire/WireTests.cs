using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.WebRtc.Sctp;

[TestClass]
public sealed class WireTests
{
    private const string Init =
        "1388138800000000" + "00000000" + "0100002C" + "11223344" + "00200000" + "FFFF" + "FFFF" + "A1B2C3D4" + "80010008" + "00000001" + "80080008" + "82C040C2" + "C0000004";

    [TestMethod]
    public void Checksum_is_that_of_the_standard_when_it_is_computed()
    {
        // 32 bytes of zeros have the CRC32c 8A9136AA (RFC 3720, appendix B.4); the field itself counts as zero, whatever is in it.
        var packet = new byte[32];
        Assert.AreEqual(0x8A9136AAu, Crc32c.Of(packet));
        packet.AsSpan(8, 4).Fill(0xFF);
        Assert.AreEqual(0x8A9136AAu, Crc32c.Of(packet));
        Crc32c.Write(packet);
        CollectionAssert.AreEqual(Convert.FromHexString("AA36918A"), packet[8..12]);
    }

    [TestMethod]
    public void Init_is_as_by_hand_when_it_is_written()
    {
        var packet = new byte[100];
        var writer = new PacketWriter(packet, 5000, 5000, 0);
        InitChunk.Write(ref writer, ChunkType.Init, new InitChunk
        {
            Tag = 0x11223344,
            Window = 0x200000,
            OutboundStreams = 65535,
            InboundStreams = 65535,
            InitialTsn = 0xA1B2C3D4,
            Features = SctpFeatures.PartialReliability | SctpFeatures.StreamReset | SctpFeatures.Interleaving | SctpFeatures.ZeroChecksum,
        });
        Assert.AreEqual(Init, Convert.ToHexString(packet[..writer.Finish(zeroChecksum: true)]));
    }

    [TestMethod]
    public void Init_is_understood_when_it_comes_with_unknown_parameters()
    {
        // An address and an unknown parameter to be skipped and reported, before those that count.
        var value = Convert.FromHexString("11223344" + "00200000" + "FFFF" + "FFFF" + "A1B2C3D4" + "0005000801020304" + "C123000501000000" + "C0000004");
        Assert.IsTrue(InitChunk.TryRead(value, out var init));
        Assert.AreEqual(SctpFeatures.PartialReliability, init.Features);
        Assert.AreEqual("C123000501", Convert.ToHexString(init.Unrecognized));
    }

    [TestMethod]
    [DataRow("00000000" + "00200000" + "FFFF" + "FFFF" + "A1B2C3D4", DisplayName = "no tag")]
    [DataRow("11223344" + "00200000" + "0000" + "FFFF" + "A1B2C3D4", DisplayName = "no streams out")]
    [DataRow("11223344" + "00200000" + "FFFF" + "0000" + "A1B2C3D4", DisplayName = "no streams in")]
    [DataRow("11223344" + "00200000" + "FFFF" + "FFFF" + "A1B2", DisplayName = "cut short")]
    [DataRow("11223344" + "00200000" + "FFFF" + "FFFF" + "A1B2C3D4" + "C0000003", DisplayName = "a parameter shorter than its header")]
    [DataRow("11223344" + "00200000" + "FFFF" + "FFFF" + "A1B2C3D4" + "C00000FF", DisplayName = "a parameter longer than the chunk")]
    public void Init_is_refused_when_it_is_malformed(string hex) => Assert.IsFalse(InitChunk.TryRead(Convert.FromHexString(hex), out _));

    [TestMethod]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("000000", DisplayName = "less than a header")]
    [DataRow("00000000", DisplayName = "length zero")]
    [DataRow("00000003", DisplayName = "length three")]
    [DataRow("0000FFFF00000000", DisplayName = "a length far beyond the packet")]
    public void Chunk_is_refused_when_its_length_is_wrong(string hex)
    {
        ReadOnlySpan<byte> rest = Convert.FromHexString(hex);
        Assert.IsFalse(Chunk.TryRead(ref rest, out _));
    }

    [TestMethod]
    public void Chunk_is_read_when_only_its_padding_is_missing()
    {
        ReadOnlySpan<byte> rest = [0, 0, 0, 5, 9];
        Assert.IsTrue(Chunk.TryRead(ref rest, out var chunk));
        Assert.AreEqual(9, chunk.Value[0]);
        Assert.IsTrue(rest.IsEmpty);
    }

    [TestMethod]
    public void Data_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<Tuple<uint, ushort, uint, uint>, byte, byte[]>((numbers, flags, payload) =>
        {
            var (tsn, stream, number, ppid) = numbers;
            flags &= 15;
            var packet = new byte[payload.Length + 100];
            var writer = new PacketWriter(packet, 1, 2, 3);
            payload.CopyTo(DataChunk.Write(ref writer, flags, tsn, stream, (ushort)number, ppid, payload.Length));
            payload.CopyTo(DataChunk.WriteInterleaved(ref writer, flags, tsn, stream, number, ppid, payload.Length));
            ReadOnlySpan<byte> rest = packet.AsSpan(PacketHeader.Size, writer.Length - PacketHeader.Size);
            var isOrdered = (flags & ChunkFlags.Unordered) == 0;
            var isBegin = (flags & ChunkFlags.Begin) != 0;
            return Chunk.TryRead(ref rest, out var first) && DataChunk.TryRead(first, out var data)
                && (data.Flags, data.Tsn, data.Stream, data.Ppid) == (flags, tsn, stream, ppid) && data.Payload.SequenceEqual(payload)
                && data.Number == (isOrdered ? (ushort)number : 0u) && data.Position == tsn
                && Chunk.TryRead(ref rest, out var second) && DataChunk.TryRead(second, out var interleaved) && rest.IsEmpty
                && (interleaved.Flags, interleaved.Tsn, interleaved.Stream, interleaved.Number) == (flags, tsn, stream, number)
                && (interleaved.Ppid, interleaved.Position) == (isBegin ? (ppid, 0u) : (0u, ppid)) && interleaved.Payload.SequenceEqual(payload);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Cookie_comes_back_when_it_is_ours_and_not_when_a_bit_changed() =>
        Prop.ForAll<Tuple<uint, uint, uint, uint>, Tuple<uint, uint, ushort, long>, ushort>((first, second, change) =>
        {
            var key = new byte[32];
            var cookie = new StateCookie(first.Item1, first.Item2, first.Item3, first.Item4, second.Item1, second.Item2, 7, second.Item3, SctpFeatures.Interleaving, second.Item4);
            var written = new byte[StateCookie.Size];
            cookie.Write(written, key);
            var comesBack = StateCookie.TryRead(written, key, out var read) && read == cookie;
            written[change % written.Length] ^= (byte)(1 << (change % 8));
            return comesBack && !StateCookie.TryRead(written, key, out _) && !StateCookie.TryRead(written.AsSpan(1), key, out _);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Sack_tells_every_gap_when_packets_came_in_any_order() =>
        Prop.ForAll<uint, bool[]>((initial, arrived) =>
        {
            var tracker = new TsnTracker();
            tracker.Reset(initial);
            var order = Enumerable.Range(0, arrived.Length).Where(index => arrived[index]).OrderBy(index => (index * 7919) % 31).ToArray();
            foreach (var index in order)
            {
                tracker.Add(initial + (uint)index);
            }

            var packet = new byte[2000];
            var writer = new PacketWriter(packet, 1, 2, 3);
            tracker.TryWrite(ref writer, 1000);
            ReadOnlySpan<byte> rest = packet.AsSpan(PacketHeader.Size, writer.Length - PacketHeader.Size);
            Chunk.TryRead(ref rest, out var sack);
            var told = new bool[arrived.Length];
            var cumulative = BinaryPrimitives.ReadUInt32BigEndian(sack.Value);
            for (var index = 0; index < told.Length; index++)
            {
                told[index] = SerialNumber.IsAtOrBefore(initial + (uint)index, cumulative);
            }

            for (var gaps = sack.Value[12..]; !gaps.IsEmpty; gaps = gaps[4..])
            {
                for (var offset = BinaryPrimitives.ReadUInt16BigEndian(gaps); offset <= BinaryPrimitives.ReadUInt16BigEndian(gaps[2..]); offset++)
                {
                    told[(int)(cumulative + offset - initial)] = true;
                }
            }

            return told.SequenceEqual(arrived);
        }).QuickCheckThrowOnFailure();
}
