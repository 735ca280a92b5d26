using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>A session of the typed floor. The receiver runs from the start, and every note is read from its JSON.</summary>
internal sealed class TypedClientConnection : INoteStreamConnection, IEventConnection, IFrameHandler
{
    private readonly CallTable _calls = new();
    private readonly WebSocket _socket;
    private readonly IFrameChannel _channel;
    private Action<int>? _received;
    private long _items;

    public TypedClientConnection(WebSocket socket, IFrameChannel channel)
    {
        _socket = socket;
        _channel = channel;
        _ = channel.ReceiveAsync(this);
    }

    public ValueTask EchoAsync(Note note) => CallAsync(FrameKind.Echo, note);

    public async Task<long> ReadNotesAsync(TimeSpan duration)
    {
        _items = 0;
        await CallAsync(FrameKind.StreamNotes, NotePayload.Create((int)duration.TotalMilliseconds));
        return _items;
    }

    public Task SubscribeAsync(Action<int> received)
    {
        _received = received;
        return CallAsync(FrameKind.Subscribe, NotePayload.Create(NotePayload.FirstId)).AsTask();
    }

    public ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        var note = NoteCodec.DecodeNote(payload);
        switch (kind)
        {
            case FrameKind.Item:
                _items++;
                break;
            case FrameKind.Event:
                _received!(note.Id);
                break;
            default:
                _calls.Complete(NoteCodec.DecodeId(payload));
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAsync(FrameKind kind, Note note)
    {
        var (id, reply) = _calls.Open();
        await _channel.SendAsync(kind, NoteCodec.Encode(id, note));
        await reply;
    }
}
