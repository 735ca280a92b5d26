using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Loop.Bench.Load.Wire;

/// <summary>Reads whole WebSocket messages into a buffer that starts small, for the sake of idle sessions.</summary>
internal sealed class MessageReader(WebSocket socket)
{
    private const int InitialSize = 512;

    private byte[] _buffer = new byte[InitialSize];

    /// <summary>The next message, valid until the next call; empty when the socket ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        var length = 0;
        try
        {
            while (true)
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                var result = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return default;
                }

                length += result.Count;
                if (result.EndOfMessage)
                {
                    return _buffer.AsMemory(0, length);
                }
            }
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            return default;
        }
    }
}
