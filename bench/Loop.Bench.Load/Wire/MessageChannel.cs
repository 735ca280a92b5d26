using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;

namespace Loop.Bench.Load.Wire;

/// <summary>One WebSocket message per frame: a kind byte and the payload.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore makes no wait handle.")]
internal sealed class MessageChannel(WebSocket socket) : IFrameChannel
{
    private const int FragmentSize = 64 * 1024;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly MessageReader _reader = new(socket);
    private byte[] _scratch = [];
    private bool _broken;

    public async ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_broken)
            {
                await (payload.Length > FragmentSize ? SendFragmentsAsync(kind, payload) : SendWholeAsync(kind, payload));
            }
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            _broken = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task ReceiveAsync(IFrameHandler handler)
    {
        while (true)
        {
            var message = await _reader.ReadAsync();
            if (message.IsEmpty)
            {
                return;
            }

            await handler.HandleAsync((FrameKind)message.Span[0], message[1..]);
        }
    }

    private ValueTask SendWholeAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        var length = payload.Length + 1;
        if (_scratch.Length < length)
        {
            _scratch = new byte[length];
        }

        _scratch[0] = (byte)kind;
        payload.CopyTo(_scratch.AsMemory(1));
        return socket.SendAsync(_scratch.AsMemory(0, length), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
    }

    // Still one message; in fragments, because the socket would otherwise copy all of it in order to mask it.
    private async ValueTask SendFragmentsAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        await socket.SendAsync(new[] { (byte)kind }, WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);
        while (payload.Length > FragmentSize)
        {
            await socket.SendAsync(payload[..FragmentSize], WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None);
            payload = payload[FragmentSize..];
        }

        await socket.SendAsync(payload, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
    }
}
