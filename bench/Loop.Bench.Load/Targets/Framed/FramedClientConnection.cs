using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Framed;

/// <summary>A session of a target that moves bytes. Beside echoes it has one exchange at a time.</summary>
internal sealed class FramedClientConnection(Uri address, Func<WebSocket, IFrameChannel> createChannel)
    : INoteStreamConnection, IByteStreamConnection, IPausableConnection, ITransferConnection, IRecoverableConnection, IFrameHandler
{
    private static readonly byte[] NoteBytes = NotePayload.CreateBytes(NotePayload.FirstId);

    private readonly ReplyQueue _replies = new();
    private WebSocket? _socket;
    private IFrameChannel? _channel;
    private Task? _receiving;
    private TaskCompletionSource? _exchange;
    private Action<int>? _received;
    private volatile bool _isPaused;
    private long _items;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _socket = await SocketConnector.ConnectAsync(address, cancellationToken);
        _channel = createChannel(_socket);
        _receiving = ReceiveAsync(_channel);
        if (_received is not null)
        {
            await ExchangeAsync(FrameKind.Subscribe, default);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask EchoAsync(Note note)
    {
        var reply = _replies.Enqueue();
        await _channel!.SendAsync(FrameKind.Echo, NoteBytes);
        await reply;
    }

    public Task<long> ReadNotesAsync(TimeSpan duration) => ReadStreamAsync(FrameKind.StreamNotes, duration);

    public Task<long> ReadBytesAsync(TimeSpan duration) => ReadStreamAsync(FrameKind.StreamBytes, duration);

    public Task SubscribeAsync(Action<int> received)
    {
        _received = received;
        return ExchangeAsync(FrameKind.Subscribe, default);
    }

    public Task UploadAsync(ReadOnlyMemory<byte> payload) => ExchangeAsync(FrameKind.Upload, payload);

    public Task DownloadAsync(int bytes) => ExchangeAsync(FrameKind.Download, ToBytes(bytes));

    public void StopReading() => _isPaused = true;

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await _receiving!.WaitAsync(cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            _socket!.Dispose();
            await Task.Delay(RetryDelays.Next(attempt), cancellationToken);
            try
            {
                await OpenAsync(cancellationToken);
                return;
            }
            catch (WebSocketException)
            {
                // The listener may be overrun by the others who come back; the next delay is longer.
            }
        }
    }

    public ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (_isPaused)
        {
            return new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan));
        }

        switch (kind)
        {
            case FrameKind.Echo:
                _replies.CompleteNext();
                break;
            case FrameKind.Item:
                _items++;
                break;
            case FrameKind.Event:
                _received!(NotePayload.ReadId(payload.Span));
                break;
            default:
                _exchange!.SetResult();
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] ToBytes(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private async Task<long> ReadStreamAsync(FrameKind kind, TimeSpan duration)
    {
        _items = 0;
        await ExchangeAsync(kind, ToBytes((int)duration.TotalMilliseconds));
        return _items;
    }

    private async Task ExchangeAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        var exchange = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _exchange = exchange;
        await _channel!.SendAsync(kind, payload);
        await exchange.Task;
    }

    private async Task ReceiveAsync(IFrameChannel channel)
    {
        await channel.ReceiveAsync(this);
        var failure = new IOException("The socket ended.");
        _replies.FailAll(failure);
        _exchange?.TrySetException(failure);
    }
}
