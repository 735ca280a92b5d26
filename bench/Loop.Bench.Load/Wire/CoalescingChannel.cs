using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Loop.Bench.Load.Wire;

/// <summary>
/// As many frames per WebSocket message as there are when the socket can take one: a length, a kind byte and the payload each.
/// </summary>
internal sealed class CoalescingChannel(WebSocket socket) : IFrameChannel, IThreadPoolWorkItem
{
    private const int HighWater = 64 * 1024;
    private const int HeaderSize = sizeof(ushort) + 1;

    private readonly Lock _gate = new();
    private readonly MessageReader _reader = new(socket);
    private GrowableBuffer _filling = new();
    private GrowableBuffer _sending = new();
    private TaskCompletionSource? _room;
    private bool _flushing;
    private bool _broken;

    public ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            if (_broken)
            {
                return ValueTask.CompletedTask;
            }

            var frame = _filling.Append(HeaderSize + payload.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(frame, checked((ushort)payload.Length));
            frame[sizeof(ushort)] = (byte)kind;
            payload.Span.CopyTo(frame[HeaderSize..]);
            if (!_flushing)
            {
                // A queued flush lets the frames of the same scheduling round share one message.
                _flushing = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            if (_filling.Length < HighWater)
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    public void Execute() => _ = FlushAsync();

    public async Task ReceiveAsync(IFrameHandler handler)
    {
        while (true)
        {
            var message = await _reader.ReadAsync();
            if (message.IsEmpty)
            {
                return;
            }

            while (!message.IsEmpty)
            {
                var end = HeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(message.Span);
                var handling = handler.HandleAsync((FrameKind)message.Span[sizeof(ushort)], message[HeaderSize..end]);
                if (!handling.IsCompletedSuccessfully)
                {
                    await handling;
                }

                message = message[end..];
            }
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            while (TakeFilled())
            {
                await socket.SendAsync(_sending.Written, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                _sending.Clear();
            }
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            Break();
        }
    }

    private bool TakeFilled()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_filling.Length == 0)
            {
                _flushing = false;
                return false;
            }

            (_filling, _sending) = (_sending, _filling);
            room = _room;
            _room = null;
        }

        room?.SetResult();
        return true;
    }

    private void Break()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _broken = true;
            room = _room;
            _room = null;
        }

        room?.SetResult();
    }
}
