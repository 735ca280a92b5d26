using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Frames;

[TestClass]
public sealed class FrameTests
{
    [TestMethod]
    public void Frame_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<byte, byte[]>((head, body) =>
        {
            var (kind, flags) = ((FrameKind)(head & Frame.KindMask), (FrameFlags)(head & ~Frame.KindMask));
            var bytes = FrameWriter.Create(kind, body, flags);
            return bytes.Length == FrameWriter.Size(body.Length)
                && FrameReader.TryRead(bytes, out var frame)
                && (frame.Kind, frame.Flags, frame.Length) == (kind, flags, bytes.Length)
                && frame.Body.SequenceEqual(body);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Frame_is_incomplete_when_its_end_is_missing() =>
        Prop.ForAll<byte[]>(static body =>
        {
            var bytes = FrameWriter.Create(FrameKind.Item, body);
            return Enumerable.Range(0, bytes.Length).All(cut => !FrameReader.TryRead(bytes.AsSpan(0, cut), out _));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Frame_of_the_largest_size_is_taken_and_one_more_byte_is_too_large()
    {
        Assert.IsTrue(FrameReader.TryRead(FrameWriter.Create(FrameKind.Item, new byte[FrameLimits.MaxBody]), out var frame));
        Assert.AreEqual(FrameLimits.MaxFrame, frame.Length);
        AssertTooLarge(FrameWriter.Create(FrameKind.Item, new byte[FrameLimits.MaxBody + 1]));
        AssertTooLarge(FrameWriter.Create(FrameKind.Item, new byte[FrameLimits.MaxBody + 1])[..4]);
    }

    [TestMethod]
    public void Length_field_of_over_three_bytes_is_too_large_however_much_of_it_is_there()
    {
        AssertTooLarge([4, 0x80, 0x80, 0x80]);
        AssertTooLarge([4, 0x80, 0x80, 0x80, 0x00]);
        AssertTooLarge([4, 0x80, 0x80, 0x80, 0x80, 0x00]);
    }

    [TestMethod]
    public void Field_is_malformed_when_the_body_ends_inside_it()
    {
        AssertMalformed(static () => Take([], static (ref body) => FrameReader.TakeVarint(ref body)));
        AssertMalformed(static () => Take([0x80], static (ref body) => FrameReader.TakeVarint(ref body)));
        AssertMalformed(static () => Take([5], static (ref body) => FrameReader.TakeSmall(ref body, 4)));
        AssertMalformed(static () => Take([1, 2], static (ref body) => FrameReader.TakeBytes(ref body, 3)));
    }

    private delegate void Taker(ref ReadOnlySpan<byte> body);

    private static void Take(byte[] bytes, Taker taker)
    {
        ReadOnlySpan<byte> body = bytes;
        taker(ref body);
    }

    private static void AssertMalformed(Action action) =>
        Assert.AreEqual(ErrorCodes.ProtocolError, Assert.ThrowsExactly<LoopException>(action).Code);

    private static void AssertTooLarge(byte[] bytes) =>
        Assert.AreEqual(ErrorCodes.FrameTooLarge, Assert.ThrowsExactly<LoopException>(() => FrameReader.TryRead(bytes, out _)).Code);
}
