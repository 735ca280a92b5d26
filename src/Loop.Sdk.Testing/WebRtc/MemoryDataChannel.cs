using System.Runtime.CompilerServices;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>One end of a data channel in memory.</summary>
internal sealed class MemoryDataChannel(MemoryPeerConnection connection, string label, DataChannelOptions options) : IDataChannel
{
    private readonly Queue<DataMessage> _messages = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _news;
    private bool _hasReader;
    private bool _hasSentClose;

    public DataChannelOptions Options => options;

    public string Label => label;

    public string Protocol => options.Protocol;

    public int? Id { get; set; }

    public bool IsOrdered => options.IsOrdered;

    public int? MaxRetransmits => options.MaxRetransmits;

    public TimeSpan? MaxPacketLifetime => options.MaxPacketLifetime;

    public DataChannelState State { get; private set; }

    public bool IsReliable => options is { MaxRetransmits: null, MaxPacketLifetime: null };

    public long Buffered { get; set; }

    public long BufferedAmount
    {
        get
        {
            lock (connection.Network.Lock)
            {
                return Buffered;
            }
        }
    }

    public Task WaitForOpenAsync(CancellationToken cancellationToken = default) => _opened.Task.WaitAsync(cancellationToken);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, DataMessageKind kind = DataMessageKind.Binary, CancellationToken cancellationToken = default)
    {
        await WaitForOpenAsync(cancellationToken).ConfigureAwait(false);
        var send = new MemorySend(this, MemorySendKind.Message, message.ToArray(), kind);
        lock (connection.Network.Lock)
        {
            if (State != DataChannelState.Open)
            {
                throw Over();
            }

            if (message.Length > connection.MaxMessageSize)
            {
                throw new LoopException(ErrorCodes.MessageTooLarge, $"The peer takes at most {connection.MaxMessageSize} bytes.");
            }

            connection.Channels.Send(send);
        }

        try
        {
            await send.Taken.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (connection.Network.Lock)
            {
                connection.Channels.Withdraw(send);
            }

            throw;
        }
    }

    public async IAsyncEnumerable<DataMessage> MessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (connection.Network.Lock)
        {
            if (_hasReader)
            {
                throw new InvalidOperationException("There is a reader already.");
            }

            _hasReader = true;
        }

        try
        {
            while (await TakeAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                try
                {
                    yield return message;
                }
                finally
                {
                    Free(message.Payload.Length);
                }
            }
        }
        finally
        {
            lock (connection.Network.Lock)
            {
                _hasReader = false;
            }
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        lock (connection.Network.Lock)
        {
            if (State == DataChannelState.Connecting && Id is null)
            {
                Closed();
            }
            else if (State is DataChannelState.Connecting or DataChannelState.Open)
            {
                SendClose();
            }
        }

        return _closed.Task.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _ = CloseAsync(CancellationToken.None);
        return default;
    }

    public void Open()
    {
        if (State == DataChannelState.Connecting)
        {
            State = DataChannelState.Open;
            _opened.TrySetResult();
        }
    }

    public void Receive(MemorySend send)
    {
        if (State == DataChannelState.Closed)
        {
            connection.Channels.Unread -= send.Message.Length;
            return;
        }

        _messages.Enqueue(new DataMessage(send.Message, send.MessageKind));
        Tell();
    }

    public void PeerCloses()
    {
        if (!_hasSentClose)
        {
            SendClose();
        }

        Closed();
    }

    public void Closed()
    {
        State = DataChannelState.Closed;
        if (_opened.TrySetException(Over()))
        {
            // Nobody has to wait for it.
            _ = _opened.Task.Exception;
        }

        _closed.TrySetResult();
        connection.Channels.Remove(this);
        Tell();
    }

    private static LoopException Over() => new(ErrorCodes.Closed, "The channel was closed.");

    private void SendClose()
    {
        State = DataChannelState.Closing;
        _hasSentClose = true;
        connection.Channels.Send(new MemorySend(this, MemorySendKind.Close));
    }

    private async ValueTask<DataMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (connection.Network.Lock)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_messages.TryDequeue(out var message))
                {
                    return message;
                }

                if (State == DataChannelState.Closed)
                {
                    return null;
                }

                _news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                news = _news.Task;
            }

            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Free(int length)
    {
        lock (connection.Network.Lock)
        {
            connection.Channels.Unread -= length;
            connection.Peer?.Channels.Move();
        }
    }

    private void Tell()
    {
        _news?.TrySetResult();
        _news = null;
    }
}
