using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>Moves bytes between one socket and a hub connection's pipes, until either side ends.</summary>
internal sealed class HubSocketPump(WebSocket socket, PipeWriter incoming, PipeReader outgoing)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private volatile bool _isPaused;

    public void StopReading() => _isPaused = true;

    public async Task RunAsync()
    {
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        if (await Task.WhenAny(receiving, sending) == receiving)
        {
            outgoing.CancelPendingRead();
            await Task.WhenAny(sending, Task.Delay(CloseTimeout));
        }

        socket.Abort();
        await Task.WhenAll(receiving, sending);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                if (_isPaused)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan);
                }

                // Without memory first, so that an idle connection holds none.
                var result = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (result.MessageType != WebSocketMessageType.Close)
                {
                    result = await socket.ReceiveAsync(incoming.GetMemory(), CancellationToken.None);
                }

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                incoming.Advance(result.Count);
                var flushed = await incoming.FlushAsync();
                if (flushed.IsCanceled || flushed.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            // The end of the socket is the end of the pump, whatever its cause.
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var result = await outgoing.ReadAsync();
                if (result.IsCanceled || (result.IsCompleted && result.Buffer.IsEmpty))
                {
                    break;
                }

                await SendAsync(result.Buffer);
                outgoing.AdvanceTo(result.Buffer.End);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            // As above.
        }

        await outgoing.CompleteAsync();
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
        {
            await socket.SendAsync(buffer.First, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            return;
        }

        while (!buffer.IsEmpty)
        {
            var segment = buffer.First;
            buffer = buffer.Slice(segment.Length);
            await socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: buffer.IsEmpty, CancellationToken.None);
        }
    }
}
