using System.Buffers;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The way to a server over TCP or TLS. What does not fit the buffer while the stream is stuck is lost, like datagrams.</summary>
internal sealed class StreamServerLink : IServerLink, IDisposable
{
    private const int MostWaiting = 512 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _closing;
    private readonly PeerDriver _driver;
    private readonly Stream _stream;
    private ArrayBufferWriter<byte> _waiting = new();
    private ArrayBufferWriter<byte> _writing = new();
    private bool _isWriting;
    private bool _isClosed;

    public StreamServerLink(PeerDriver driver, Stream stream)
    {
        _driver = driver;
        _stream = stream;
        _closing = _closed.Token;
    }

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
                Dispose();
            }
        }
    }

    /// <summary>Ends the loops.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        _stream.Dispose();
    }

    /// <summary>Receives for the client until the stream ends.</summary>
    public async Task ReceiveAsync(TurnClient client)
    {
        var framer = new StreamFramer();
        try
        {
            while (!framer.IsBroken && await _stream.ReadAsync(framer.Space, _closing).ConfigureAwait(false) is > 0 and var count)
            {
                framer.Advance(count);
                Take(framer, client);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The same as its end.
        }

        lock (_driver.Gate)
        {
            if (!_isClosed)
            {
                client.Lose(_driver.Now);
                _driver.Flush(_driver.Now);
            }
        }
    }

    private void Take(StreamFramer framer, TurnClient client)
    {
        lock (_driver.Gate)
        {
            var now = _driver.Now;
            while (!_isClosed && framer.TryRead(out var message))
            {
                client.Receive(message, now);
            }

            if (!_isClosed)
            {
                _driver.Flush(now);
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
                await _stream.WriteAsync(_writing.WrittenMemory, _closing).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The loop that receives sees it too.
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Swap()
    {
        lock (_driver.Gate)
        {
            _writing.ResetWrittenCount();
            (_waiting, _writing) = (_writing, _waiting);
            _isWriting = _writing.WrittenCount > 0;
            if (!_isWriting && _isClosed)
            {
                Dispose();
            }

            return _isWriting;
        }
    }

}
