using System.Buffers;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The way to a server over TCP or TLS. What does not fit the buffer while the stream is stuck is lost, like datagrams.</summary>
internal sealed class StreamServerLink(PeerDriver driver, Stream stream) : IServerLink
{
    private const int MostWaiting = 512 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private ArrayBufferWriter<byte> _waiting = new();
    private ArrayBufferWriter<byte> _writing = new();
    private bool _isWriting;
    private bool _isClosed;

    public void Send(ReadOnlySpan<byte> message, long now)
    {
        if (_isClosed || _waiting.WrittenCount + message.Length > MostWaiting)
        {
            return;
        }

        _waiting.Write(message);
        if (!_isWriting)
        {
            _isWriting = true;
            _ = WriteAsync();
        }
    }

    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            if (!_isWriting)
            {
                End();
            }
        }
    }

    /// <summary>Receives for the client until the stream ends.</summary>
    public async Task ReceiveAsync(TurnClient client)
    {
        var framer = new StreamFramer();
        try
        {
            while (!framer.IsBroken && await stream.ReadAsync(framer.Space, _closed.Token).ConfigureAwait(false) is > 0 and var count)
            {
                framer.Advance(count);
                Take(framer, client);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The same as its end.
        }

        lock (driver.Gate)
        {
            if (!_isClosed)
            {
                client.Lose(driver.Now);
                driver.Flush(driver.Now);
            }
        }
    }

    private void Take(StreamFramer framer, TurnClient client)
    {
        lock (driver.Gate)
        {
            var now = driver.Now;
            while (!_isClosed && framer.TryRead(out var message))
            {
                client.Receive(message, now);
            }

            if (!_isClosed)
            {
                driver.Flush(now);
            }
        }
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        try
        {
            while (Swap())
            {
                await stream.WriteAsync(_writing.WrittenMemory, _closed.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The loop that receives sees it too.
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Swap()
    {
        lock (driver.Gate)
        {
            _writing.ResetWrittenCount();
            (_waiting, _writing) = (_writing, _waiting);
            _isWriting = _writing.WrittenCount > 0;
            if (!_isWriting && _isClosed)
            {
                End();
            }

            return _isWriting;
        }
    }

    private void End()
    {
        _closed.Cancel();
        stream.Dispose();
    }
}
