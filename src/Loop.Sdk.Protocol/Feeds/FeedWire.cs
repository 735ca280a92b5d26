using System.Buffers;
using System.Buffers.Binary;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Feeds;

/// <summary>How feeds look on the wire: a request with an optional position, then events with their kind and position ahead of the JSON.</summary>
internal static class FeedWire
{
    private const int EpochSize = 8;

    // Kinds on the wire. A change carries its offset alone: its epoch is that of the event before. A span is a change that stands for several.
    private const byte SnapshotKind = 0;
    private const byte ChangeKind = 1;
    private const byte ResumedKind = 2;
    private const byte SpanKind = 3;

    /// <summary>Writes a request into the thread's scratch buffer.</summary>
    public static ReadOnlyMemory<byte> EncodeRequest<TRequest>(PayloadCodec<TRequest> codec, TRequest request, FeedPosition? from)
    {
        var scratch = ScratchBuffer.Rent();
        if (from is { } position)
        {
            WriteHead(scratch, 1, position);
        }
        else
        {
            scratch.Write([(byte)0]);
        }

        codec.Write(request, scratch);
        return scratch.Written;
    }

    /// <summary>Takes the position off a request. What is left is the request itself.</summary>
    public static FeedPosition? TakeRequestPosition(ref ReadOnlySpan<byte> payload)
    {
        var present = TakeByte(ref payload);
        return present switch
        {
            0 => null,
            1 => TakePosition(ref payload),
            _ => throw Invalid(),
        };
    }

    /// <summary>Writes an event into the thread's scratch buffer.</summary>
    public static ReadOnlyMemory<byte> Encode<TSnapshot, TChange>(in FeedEvent<TSnapshot, TChange> @event, PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change) =>
        @event.Kind switch
        {
            FeedEventKind.Snapshot => EncodeSnapshot(@event.Snapshot, @event.Position, snapshot),
            FeedEventKind.Change => EncodeChange(@event.Change, @event.Position.Offset, @event.Follows, change),
            _ => EncodeResumed(@event.Position),
        };

    /// <summary>Writes a snapshot into the thread's scratch buffer.</summary>
    public static ReadOnlyMemory<byte> EncodeSnapshot<TSnapshot>(TSnapshot snapshot, FeedPosition position, PayloadCodec<TSnapshot> codec)
    {
        var scratch = ScratchBuffer.Rent();
        WriteHead(scratch, SnapshotKind, position);
        codec.Write(snapshot, scratch);
        return scratch.Written;
    }

    /// <summary>Writes a change into the thread's scratch buffer.</summary>
    public static ReadOnlyMemory<byte> EncodeChange<TChange>(TChange change, long offset, long follows, PayloadCodec<TChange> codec)
    {
        var scratch = ScratchBuffer.Rent();
        var head = scratch.GetSpan(1 + Varint.MaxLength + Varint.MaxLength);
        var span = offset - follows;
        head[0] = span == 1 ? ChangeKind : SpanKind;
        var length = 1 + Varint.Write(head[1..], (ulong)offset);
        if (span != 1)
        {
            length += Varint.Write(head[length..], (ulong)span);
        }

        scratch.Advance(length);
        codec.Write(change, scratch);
        return scratch.Written;
    }

    /// <summary>Writes into the thread's scratch buffer that the subscription goes on.</summary>
    public static ReadOnlyMemory<byte> EncodeResumed(FeedPosition position)
    {
        var scratch = ScratchBuffer.Rent();
        WriteHead(scratch, ResumedKind, position);
        return scratch.Written;
    }

    /// <summary>Reads an event.</summary>
    /// <param name="payload">The payload of one item.</param>
    /// <param name="epoch">The epoch of the event before; 0 ahead of the first.</param>
    /// <param name="snapshot">Reads snapshots.</param>
    /// <param name="change">Reads changes.</param>
    public static FeedEvent<TSnapshot, TChange> Decode<TSnapshot, TChange>(
        ReadOnlySpan<byte> payload, ulong epoch, PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change)
    {
        var kind = TakeByte(ref payload);
        switch (kind)
        {
            case SnapshotKind:
                var position = TakePosition(ref payload);
                return FeedEvent<TSnapshot, TChange>.OfSnapshot(snapshot.Read(payload), position);
            case ChangeKind:
                var offset = TakeOffset(ref payload);
                return FeedEvent<TSnapshot, TChange>.OfChange(change.Read(payload), new FeedPosition(epoch, offset));
            case SpanKind:
                var last = TakeOffset(ref payload);
                var span = TakeOffset(ref payload);
                return span > 0 && span <= last
                    ? FeedEvent<TSnapshot, TChange>.OfChange(change.Read(payload), new FeedPosition(epoch, last), last - span)
                    : throw Invalid();
            case ResumedKind:
                return FeedEvent<TSnapshot, TChange>.OfResumed(TakePosition(ref payload));
            default:
                throw Invalid();
        }
    }

    private static void WriteHead(ScratchBuffer scratch, byte kind, FeedPosition position)
    {
        var head = scratch.GetSpan(1 + EpochSize + Varint.MaxLength);
        head[0] = kind;
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], position.Epoch);
        scratch.Advance(1 + EpochSize + Varint.Write(head[(1 + EpochSize)..], (ulong)position.Offset));
    }

    private static FeedPosition TakePosition(ref ReadOnlySpan<byte> payload)
    {
        if (payload.Length < EpochSize)
        {
            throw Invalid();
        }

        var epoch = BinaryPrimitives.ReadUInt64BigEndian(payload);
        payload = payload[EpochSize..];
        return new FeedPosition(epoch, TakeOffset(ref payload));
    }

    private static long TakeOffset(ref ReadOnlySpan<byte> payload)
    {
        var size = Varint.Read(payload, out var offset);
        if (size <= 0 || offset > long.MaxValue)
        {
            throw Invalid();
        }

        payload = payload[size..];
        return (long)offset;
    }

    private static byte TakeByte(ref ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw Invalid();
        }

        var value = payload[0];
        payload = payload[1..];
        return value;
    }

    private static LoopException Invalid() => new(ErrorCodes.InvalidPayload, "The payload is not a feed's.");
}
