using Loop.Sdk.WebRtc.DataChannels;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.Connections;

// Data: from DTLS to the channels, and from their users.
internal sealed partial class PeerDriver
{
    private bool _isSetStarted;

    /// <summary>Copies a message for sending, or has it wait its turn.</summary>
    public ValueTask SendAsync(PeerDataChannel channel, ReadOnlyMemory<byte> message, DataMessageKind kind, CancellationToken cancellationToken)
    {
        SendWaiter waiter;
        lock (Gate)
        {
            if (End is not null || channel.State is DataChannelState.Closing or DataChannelState.Closed)
            {
                return ValueTask.FromException(Closed());
            }

            var isOpen = channel.State == DataChannelState.Open;
            if (isOpen && _sendQueue.IsEmpty)
            {
                var now = Now;
                var result = Set.TrySend(channel.Channel, message.Span, kind, now);
                if (result != DataChannelSendResult.NoRoom)
                {
                    return result == DataChannelSendResult.Taken ? Taken(now) : ValueTask.FromException(Refused(result));
                }
            }

            waiter = SendWaiter.Rent(channel, message, kind);
            (isOpen ? _sendQueue : channel.Early).Add(waiter);
        }

        var task = waiter.Task;
        if (cancellationToken.CanBeCanceled)
        {
            waiter.CancelWith(cancellationToken);
        }

        return task;
    }

    public void Cancel(SendWaiter waiter, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (waiter.Queue is { } queue)
            {
                queue.Remove(waiter);
                waiter.Fail(new OperationCanceledException(cancellationToken));
            }
        }
    }

    public long BufferedAmountOf(PeerDataChannel channel)
    {
        lock (Gate)
        {
            var amount = End is null ? Set.BufferedAmountOf(channel.Channel) : 0;
            foreach (var queue in (ReadOnlySpan<SendQueue>)[_sendQueue, channel.Early])
            {
                for (var waiter = queue.First; waiter is not null; waiter = waiter.Next)
                {
                    amount += waiter.Channel == channel ? waiter.Message.Length : 0;
                }
            }

            return amount;
        }
    }

    /// <summary>Opens the window again for messages that were read.</summary>
    public void Return(ReadOnlySpan<InboxMessage> messages)
    {
        lock (Gate)
        {
            foreach (var (message, _) in messages)
            {
                Set.Return(message);
            }

            if (End is null)
            {
                QueueFlush();
            }
        }
    }

    public void Close(PeerDataChannel channel)
    {
        lock (Gate)
        {
            if (End is null && channel.State is DataChannelState.Connecting or DataChannelState.Open)
            {
                var now = Now;
                Set.Close(channel.Channel, now);
                Flush(now);
                DrainEvents(now);
            }
        }
    }

    // Whole packets are written at once. What makes none waits for others of the same moment: they share it.
    private ValueTask Taken(long now)
    {
        var association = Set.Association;
        if (association.BufferedAmount >= association.PacketSize)
        {
            WriteData(now, BatchPackets);
            Reschedule(now);
        }
        else
        {
            QueueFlush();
        }

        return ValueTask.CompletedTask;
    }

    private void ReceiveData(ReadOnlySpan<byte> datagram, long now)
    {
        // The peer may be faster with its first datagram than its answer is.
        EnsureDtlsBegun();
        if (_dtls is not { } dtls)
        {
            return;
        }

        dtls.Receive(datagram, now);
        if (dtls.State == DtlsState.Connected)
        {
            ReadData(dtls, now);
        }
    }

    private void ReadData(DtlsTransport dtls, long now)
    {
        if (!_isSetStarted)
        {
            StartSet(now);
        }

        var plaintext = Scratch.Plaintext;
        while (dtls.Read(plaintext) is > 0 and var length)
        {
            Set.Receive(plaintext.AsSpan(0, length), now);
        }
    }

    private void EnsureDtlsBegun()
    {
        if (_dtls is null && !_isStarted)
        {
            EnsureDtls(DtlsRole.Server);
        }

        if (_dtls is { Role: DtlsRole.Server })
        {
            _isHandshakeBegun = true;
        }
    }

    private void CheckDtls(DtlsTransport dtls, long now)
    {
        switch (dtls.State)
        {
            case DtlsState.Connected when !_isSetStarted:
                ReadData(dtls, now);
                break;
            case DtlsState.Closed:
                _connection.OnEnded(Closed(), isByPeer: true, now);
                break;
            case DtlsState.Failed:
                Logger.DtlsFailed(dtls.Failure, dtls.FailureDetail);
                _connection.OnEnded(
                    dtls.Failure == DtlsFailure.WrongFingerprint
                        ? new LoopException(ErrorCodes.WrongFingerprint, "The peer's certificate is not the one that its description names.")
                        : new LoopException(ErrorCodes.Closed, $"The DTLS handshake or connection failed ({dtls.Failure})."),
                    isByPeer: false,
                    now);
                break;
        }
    }

    private void StartSet(long now)
    {
        _isSetStarted = true;
        Set.Start(_dtls!.Role == DtlsRole.Client, Agreement!.RemotePort, Agreement.MaxMessageSize, now);
    }

    private void DrainEvents(long now)
    {
        while (Set.TryReadEvent(out var happened))
        {
            var channel = happened.Channel?.Owner as PeerDataChannel;
            switch (happened.Kind)
            {
                case DataChannelEventKind.Connected:
                    _isUp = true;
                    break;
                case DataChannelEventKind.Incoming:
                    _connection.OnIncoming(happened.Channel!);
                    break;
                case DataChannelEventKind.Opened:
                    channel!.OnOpened();
                    MoveEarly(channel);
                    SendWaiting(now);
                    break;
                case DataChannelEventKind.Message when channel is not null:
                    channel.OnMessage(happened);
                    break;
                case DataChannelEventKind.Message:
                    Set.Return(happened.Message);
                    break;
                case DataChannelEventKind.Closing:
                    FailSenders(channel!, Closed());
                    break;
                case DataChannelEventKind.Closed:
                    FailSenders(channel!, End ?? Closed());
                    channel!.OnClosed(End ?? Closed());
                    _connection.OnChannelClosed(channel);
                    break;
                case DataChannelEventKind.Writable:
                    SendWaiting(now);
                    break;
                case DataChannelEventKind.Ended when End is null:
                    Logger.SctpEnded(happened.Reason);
                    _connection.OnEnded(Closed(), happened.Reason is SctpEndReason.Shutdown or SctpEndReason.AbortedByPeer, now);
                    break;
            }
        }
    }

    private void FailSenders(PeerDataChannel channel, LoopException reason)
    {
        channel.Early.Fail(null, reason);
        _sendQueue.Fail(channel, reason);
    }

    private void MoveEarly(PeerDataChannel channel)
    {
        while (channel.Early.First is { } waiter)
        {
            channel.Early.Remove(waiter);
            _sendQueue.Add(waiter);
        }
    }

    private void SendWaiting(long now)
    {
        while (_sendQueue.First is { } waiter)
        {
            var result = Set.TrySend(waiter.Channel.Channel, waiter.Message.Span, waiter.Kind, now);
            if (result == DataChannelSendResult.NoRoom)
            {
                return;
            }

            _sendQueue.Remove(waiter);
            if (result == DataChannelSendResult.Taken)
            {
                waiter.Complete();
            }
            else
            {
                waiter.Fail(Refused(result));
            }
        }
    }

    private LoopException Closed() => End ?? new LoopException(ErrorCodes.Closed, "The data channel, or its connection, is closed.");

    private LoopException Refused(DataChannelSendResult result) =>
        result == DataChannelSendResult.TooLarge ? new LoopException(ErrorCodes.MessageTooLarge, $"The peer takes no message larger than {Set.MaxMessageSize} bytes.") : Closed();
}
