using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

[TestClass]
public sealed class FeedWireTests
{
    private static readonly PayloadCodec<ReadOnlyMemory<byte>> Raw = PayloadCodec.Raw;

    [TestMethod]
    public void Event_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<Tuple<byte, ulong>, uint, byte[]>((first, offset, payload) =>
        {
            var (kind, epoch) = first;
            var position = new FeedPosition(epoch, (long)offset << (kind % 30));
            var written = (kind % 4) switch
            {
                0 => FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfSnapshot(payload, position),
                1 => FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfChange(payload, position),
                2 when position.Offset > 0 => FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfChange(payload, position, position.Offset / 3),
                _ => FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfResumed(position),
            };
            var read = FeedWire.Decode(FeedWire.Encode(written, Raw, Raw).Span, epoch, Raw, Raw);
            return (read.Kind, read.Position, read.Recovered, read.Follows) == (written.Kind, written.Position, written.Recovered, written.Follows)
                && (read.Kind == FeedEventKind.Resumed || (read.Kind == FeedEventKind.Snapshot ? read.Snapshot : read.Change).Span.SequenceEqual(payload));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Request_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<Tuple<bool, ulong>, uint, byte[]>((first, offset, request) =>
        {
            var (present, epoch) = first;
            FeedPosition? from = present ? new FeedPosition(epoch, offset) : null;
            var payload = FeedWire.EncodeRequest(Raw, request, from).Span;
            return FeedWire.TakeRequestPosition(ref payload) == from && payload.SequenceEqual(request);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(new byte[] { }, DisplayName = "nothing")]
    [DataRow(new byte[] { 4 }, DisplayName = "an unknown kind")]
    [DataRow(new byte[] { 3, 5 }, DisplayName = "a change for several without their number")]
    [DataRow(new byte[] { 3, 5, 0 }, DisplayName = "a change for none")]
    [DataRow(new byte[] { 3, 5, 6 }, DisplayName = "a change for more than there were")]
    [DataRow(new byte[] { 1 }, DisplayName = "a change without its offset")]
    [DataRow(new byte[] { 1, 0x80 }, DisplayName = "an offset cut short")]
    [DataRow(new byte[] { 0, 1, 2, 3 }, DisplayName = "an epoch cut short")]
    [DataRow(new byte[] { 2, 1, 2, 3, 4, 5, 6, 7, 8 }, DisplayName = "a position without its offset")]
    public void Event_is_an_invalid_payload_when_it_is_malformed(byte[] payload)
    {
        var error = Assert.ThrowsExactly<LoopException>(() => FeedWire.Decode(payload, 0, Raw, Raw));
        Assert.AreEqual(ErrorCodes.InvalidPayload, error.Code);
    }

    [TestMethod]
    [DataRow(new byte[] { }, DisplayName = "nothing")]
    [DataRow(new byte[] { 2 }, DisplayName = "an unknown mark")]
    [DataRow(new byte[] { 1, 0 }, DisplayName = "a position cut short")]
    public void Request_is_an_invalid_payload_when_it_is_malformed(byte[] bytes)
    {
        var error = Assert.ThrowsExactly<LoopException>(() =>
        {
            ReadOnlySpan<byte> payload = bytes;
            FeedWire.TakeRequestPosition(ref payload);
        });
        Assert.AreEqual(ErrorCodes.InvalidPayload, error.Code);
    }
}
