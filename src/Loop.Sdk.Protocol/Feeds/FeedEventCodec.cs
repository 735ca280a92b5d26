using System.Buffers;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>Reads the events of one subscription, in order: a change means the epoch of the event before it.</summary>
internal sealed class FeedEventCodec<TSnapshot, TChange>(PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change, ulong epoch)
    : PayloadCodec<FeedEvent<TSnapshot, TChange>>
{
    private ulong _epoch = epoch;

    public override void Write(FeedEvent<TSnapshot, TChange> value, IBufferWriter<byte> destination) =>
        destination.Write(FeedWire.Encode(value, snapshot, change).Span);

    public override FeedEvent<TSnapshot, TChange> Read(ReadOnlySpan<byte> payload)
    {
        var @event = FeedWire.Decode(payload, _epoch, snapshot, change);
        _epoch = @event.Position.Epoch;
        return @event;
    }
}
