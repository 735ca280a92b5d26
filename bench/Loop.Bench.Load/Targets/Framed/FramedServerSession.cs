using System.Buffers.Binary;
using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Framed;

/// <summary>Answers one client's frames.</summary>
internal sealed class FramedServerSession(IFrameChannel channel, SubscriberList<IFrameChannel> subscribers) : IFrameHandler
{
    public ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Echo:
                return channel.SendAsync(FrameKind.Echo, payload);
            case FrameKind.StreamNotes:
                return StreamAsync(ReadNumber(payload), numbered: true);
            case FrameKind.StreamBytes:
                return StreamAsync(ReadNumber(payload), numbered: false);
            case FrameKind.Subscribe:
                subscribers.Add(channel);
                return channel.SendAsync(FrameKind.Done, default);
            case FrameKind.Upload:
                return channel.SendAsync(FrameKind.Done, default);
            case FrameKind.Download:
                return channel.SendAsync(FrameKind.Done, new byte[ReadNumber(payload)]);
            default:
                throw new InvalidOperationException($"A client sent a frame of the kind {kind}.");
        }
    }

    private static int ReadNumber(ReadOnlyMemory<byte> payload) => BinaryPrimitives.ReadInt32LittleEndian(payload.Span);

    private async ValueTask StreamAsync(int milliseconds, bool numbered)
    {
        var deadline = new Deadline(TimeSpan.FromMilliseconds(milliseconds));
        var item = NotePayload.CreateBytes(NotePayload.FirstId);
        for (var id = NotePayload.FirstId; !deadline.HasPassed(); id++)
        {
            if (numbered)
            {
                NotePayload.Write(item, id);
            }

            var sending = channel.SendAsync(FrameKind.Item, item);
            if (!sending.IsCompletedSuccessfully)
            {
                await sending;
            }
        }

        await channel.SendAsync(FrameKind.Done, default);
    }
}
