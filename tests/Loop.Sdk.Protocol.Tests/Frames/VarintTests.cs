using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Frames;

[TestClass]
public sealed class VarintTests
{
    [TestMethod]
    public void Number_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<ulong, byte>((number, shift) =>
        {
            // Shifted, so that every length is as likely as any other.
            var value = (number & Varint.MaxValue) >> (shift % 62);
            var bytes = new byte[Varint.MaxLength];
            var length = Varint.Write(bytes, value);
            return length == Varint.Length(value) && Varint.Read(bytes, out var read) == length && read == value;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(0UL, 1)]
    [DataRow(127UL, 1)]
    [DataRow(128UL, 2)]
    [DataRow(16383UL, 2)]
    [DataRow(16384UL, 3)]
    [DataRow(Varint.MaxValue, 9)]
    public void Number_takes_the_fewest_bytes(ulong value, int length) => Assert.AreEqual(length, Varint.Length(value));

    [TestMethod]
    public void Number_is_incomplete_when_its_end_is_missing() =>
        Prop.ForAll<ulong>(number =>
        {
            var bytes = new byte[Varint.MaxLength];
            var length = Varint.Write(bytes, number & Varint.MaxValue);
            return Enumerable.Range(0, length).All(cut => Varint.Read(bytes.AsSpan(0, cut), out _) == 0);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Number_is_refused_when_it_has_over_62_bits()
    {
        Assert.AreEqual(-1, Varint.Read([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], out _));
        Assert.AreEqual(-1, Varint.Read([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], out _));
    }
}
