using System.Buffers;
using System.Net.WebSockets;

namespace Loop.Sdk.Peers;

/// <summary>The buffer that the connection is read into, held only while there is something in it or something is sure to come.</summary>
internal sealed partial class SessionConnection
{
    private const int LargeBuffer = 64 * 1024;
    private const int SmallBuffer = 1024;

    private byte[]? _buffer;
    private int _filled;
    private bool _expectsSmall;

    /// <summary>
    /// Adds what comes next to the buffer. An idle connection holds no buffer: it waits with an empty read. Between small messages it waits with a small
    /// buffer, since the empty read would cost as much as the read itself; and in the middle of a large one it is not idle. False if the connection ended: by a
    /// failure, which is kept, or because the peer closed it.
    /// </summary>
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_filled == 0 && !_expectsSmall && _session is not { IsAssembling: true })
            {
                var arrival = Socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
                if (!arrival.IsCompleted)
                {
                    ReleaseBuffer();
                }

                if ((await arrival.ConfigureAwait(false)).MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }
            }

            ProvideBuffer(_filled == 0 && _expectsSmall ? SmallBuffer : LargeBuffer);
            var result = await Socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            if (result.MessageType != WebSocketMessageType.Binary)
            {
                throw new LoopException(ErrorCodes.ProtocolError, "Only binary messages are allowed.");
            }

            _filled += result.Count;
            return true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The end of every connection that breaks, of thousands at once if a server goes: thrown on, it would cost as much again at each caller.
            _failure = exception;
            return false;
        }
    }

    private void Discard(int count)
    {
        _filled -= count;
        if (_filled > 0 && count > 0)
        {
            _buffer.AsSpan(count, _filled).CopyTo(_buffer);
        }
    }

    private void ProvideBuffer(int size)
    {
        if (_buffer is { } present)
        {
            if (present.Length == size)
            {
                return;
            }

            _buffer = ArrayPool<byte>.Shared.Rent(size);
            present.AsSpan(0, _filled).CopyTo(_buffer);
            ArrayPool<byte>.Shared.Return(present);
            return;
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    private void ReleaseBuffer()
    {
        if (_buffer is { } buffer && _filled == 0)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
