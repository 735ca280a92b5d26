using System.Runtime.CompilerServices;
using Loop.Sdk.WebRtc.DataChannels;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A channel as its user sees it. Calls of the driver come under the connection's lock, and run nothing of the user's.</summary>
internal sealed class PeerDataChannel : IDataChannel
{
    // Messages are taken from the queue, and given back to the window, several at a time: both need a lock.
    private const int BatchMessages = 64;
    private const int BatchBytes = 128 * 1024;

    private readonly PeerDriver _driver;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MessageInbox _inbox = new();
    private InboxMessage[] _batch = [];
    private int _batchCount;
    private int _batchPlace;
    private int _isRead;

    public PeerDataChannel(PeerDriver driver, DataChannel channel)
    {
        _driver = driver;
        Channel = channel;
        channel.Owner = this;
    }

    public DataChannel Channel { get; }

    /// <summary>Messages that wait for the channel to open.</summary>
    public SendQueue Early { get; } = new();

    public string Label => Channel.Label;

    public string Protocol => Channel.Options.Protocol;

    public int? Id => Channel.Id;

    public bool IsOrdered => Channel.Options.IsOrdered;

    public int? MaxRetransmits => Channel.Options.MaxRetransmits;

    public TimeSpan? MaxPacketLifetime => Channel.Options.MaxPacketLifetime;

    public DataChannelState State => _closed.Task.IsCompleted ? DataChannelState.Closed : Channel.State;

    public long BufferedAmount => _driver.BufferedAmountOf(this);

    public Task WaitForOpenAsync(CancellationToken cancellationToken = default) => _opened.Task.WaitAsync(cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, DataMessageKind kind = DataMessageKind.Binary, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _driver.SendAsync(this, message, kind, cancellationToken);

    public async IAsyncEnumerable<DataMessage> MessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isRead, 1) == 1)
        {
            throw new InvalidOperationException("The channel has a reader already.");
        }

        try
        {
            await using var registration = cancellationToken.UnsafeRegister(static state => ((MessageInbox)state!).Interrupt(), _inbox).ConfigureAwait(false);
            while (true)
            {
                while (_batchPlace < _batchCount)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var (message, kind) = _batch[_batchPlace++];
                    yield return new DataMessage(message.Memory, kind);
                }

                GiveBack();
                cancellationToken.ThrowIfCancellationRequested();
                if (!TakeBatch() && !await _inbox.WaitAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield break;
                }
            }
        }
        finally
        {
            GiveBack();
            Volatile.Write(ref _isRead, 0);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _driver.Close(this);
        return _closed.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    public void OnOpened() => _opened.TrySetResult();

    public void OnMessage(in DataChannelEvent received) => _inbox.Add(received.Message, received.MessageKind);

    public void OnClosed(LoopException reason)
    {
        if (_opened.TrySetException(reason))
        {
            // Nobody need wait for it.
            _ = _opened.Task.Exception;
        }

        _inbox.End();
        _closed.TrySetResult();
    }

    public void Cancel(SendWaiter waiter, CancellationToken cancellationToken) => _driver.Cancel(waiter, cancellationToken);

    private bool TakeBatch()
    {
        if (_batch.Length == 0)
        {
            _batch = new InboxMessage[BatchMessages];
        }

        _batchPlace = 0;
        _batchCount = _inbox.Take(_batch, BatchBytes);
        return _batchCount > 0;
    }

    // What was read; the rest of the batch stays for the next reader.
    private void GiveBack()
    {
        if (_batchPlace == 0)
        {
            return;
        }

        _driver.Return(_batch.AsSpan(0, _batchPlace));
        _batch.AsSpan(_batchPlace, _batchCount - _batchPlace).CopyTo(_batch);
        _batchCount -= _batchPlace;
        _batchPlace = 0;
    }
}
