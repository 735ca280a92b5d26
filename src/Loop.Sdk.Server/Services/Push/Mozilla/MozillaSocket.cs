using System.Buffers;
using System.Net.WebSockets;

namespace Loop.Sdk.Server.Push;

/// <summary>A browser's connection: whole text messages, and an end that does not wait for a browser that never answers one.</summary>
internal sealed class MozillaSocket(WebSocket socket, int maxMessage, TimeProvider time) : IDisposable
{
    // Firefox answers no close frame, and its connection has to be cut. Whatever clock the server has: it is the network that is waited for.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[4096];

    /// <exception cref="MozillaClosedException">The browser is gone, or sent what is no text, or too much.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                throw new MozillaClosedException(null);
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new MozillaClosedException(null);
            }

            if (part.MessageType != WebSocketMessageType.Text)
            {
                throw new MozillaClosedException(MozillaClose.UnsupportedFrame);
            }

            if (message.WrittenCount + part.Count > maxMessage)
            {
                throw new MozillaClosedException(MozillaClose.TooLarge);
            }

            message.Write(_buffer.AsSpan(0, part.Count));
            if (part.EndOfMessage)
            {
                return message.WrittenMemory;
            }
        }
    }

    /// <exception cref="MozillaClosedException">The browser is gone.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            throw new MozillaClosedException(null);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says goodbye, and cuts the connection unless the browser does so soon.</summary>
    /// <param name="close">Why; null if the browser said goodbye first.</param>
    /// <param name="receiving">What reads the connection.</param>
    public async Task CloseAsync(MozillaClose? close, Task receiving)
    {
        // Whoever sends holds up the goodbye only as long as the browser takes.
        var grace = Task.Delay(CloseGrace, time);
        var closing = CloseOutputAsync(close);
        if (await Task.WhenAny(closing, grace).ConfigureAwait(false) == closing)
        {
            if (close is null)
            {
                // It has said goodbye or is gone, or was told that it breaks the rules: to cut it could lose that word on its way.
                return;
            }

            await Task.WhenAny(DrainAsync(receiving), grace).ConfigureAwait(false);
        }

        socket.Abort();
        await closing.ConfigureAwait(false);
    }

    public void Dispose() => _sending.Dispose();

    private async Task CloseOutputAsync(MozillaClose? close)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(close?.Status ?? WebSocketCloseStatus.NormalClosure, close?.Reason, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone already.
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task DrainAsync(Task receiving)
    {
        try
        {
            // How it ended is known; two at once must not read.
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent && (await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone.
        }
    }
}
