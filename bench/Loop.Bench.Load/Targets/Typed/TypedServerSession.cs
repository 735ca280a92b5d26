using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>Answers one client's calls.</summary>
internal sealed class TypedServerSession(IFrameChannel channel, SubscriberList<IFrameChannel> subscribers) : IFrameHandler
{
    public ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        var callId = NoteCodec.DecodeId(payload);
        var note = NoteCodec.DecodeNote(payload);
        switch (kind)
        {
            case FrameKind.Echo:
                return channel.SendAsync(FrameKind.Echo, NoteCodec.Encode(callId, note));
            case FrameKind.StreamNotes:
                return StreamAsync(callId, TimeSpan.FromMilliseconds(note.Id));
            case FrameKind.Subscribe:
                subscribers.Add(channel);
                return channel.SendAsync(FrameKind.Done, NoteCodec.Encode(callId, note));
            default:
                throw new InvalidOperationException($"A client sent a frame of the kind {kind}.");
        }
    }

    private async ValueTask StreamAsync(int callId, TimeSpan duration)
    {
        var deadline = new Deadline(duration);
        var id = NotePayload.FirstId;
        for (; !deadline.HasPassed(); id++)
        {
            var sending = channel.SendAsync(FrameKind.Item, NoteCodec.Encode(callId, NotePayload.Create(id)));
            if (!sending.IsCompletedSuccessfully)
            {
                await sending;
            }
        }

        await channel.SendAsync(FrameKind.Done, NoteCodec.Encode(callId, NotePayload.Create(id)));
    }
}
