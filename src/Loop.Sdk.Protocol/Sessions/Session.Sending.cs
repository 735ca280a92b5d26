using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Sending: what fits goes straight into the log, in the caller's turn; the rest waits.</summary>
internal sealed partial class Session
{
    /// <summary>Opens a stream with its first message. True if it is on its way; false if it waits, which ends with <see cref="SessionStream.OnSendable"/>.</summary>
    /// <param name="stream">The stream, not yet used.</param>
    /// <param name="header">What to open.</param>
    /// <param name="payload">The request.</param>
    /// <param name="end">Whether this end sends nothing more.</param>
    /// <param name="borrow">Whether the payload stays as it is until it was sent; it is copied otherwise if it must wait.</param>
    /// <exception cref="LoopException">The session is closed.</exception>
    public bool Open(SessionStream stream, in OpenHeader header, ReadOnlyMemory<byte> payload, bool end, bool borrow)
    {
        bool sent;
        bool alone;
        Signal signal;
        lock (_gate)
        {
            ThrowIfClosed();
            CheckSize(payload.Length);
            stream.Session = this;
            stream.LocalEnding = end;
            if (stream.DeadlineAt != 0)
            {
                WatchDeadline(stream.DeadlineAt);
            }

            if (_opening is not { Count: > 0 } && payload.Length <= FrameLimits.MaxPayload && CanOpen(CreditCost.Of(payload.Length)))
            {
                Begin(stream);
                WriteOpen(stream, header, payload.Span, end, payload.Length);
                sent = true;
            }
            else
            {
                stream.State = StreamState.Opening;
                Wait(stream, OutboundMessage.Of(payload, end, borrow, header));
                (_opening ??= new()).Enqueue(stream);
                StartOpening();
                sent = stream.Waiting is null or { Count: 0 };
            }

            signal = Poll();
            alone = end && _localOpen == 1;
        }

        Raise(signal, alone);
        return sent;
    }

    /// <summary>Sends a message. True if it is on its way; false if it waits, which ends with <see cref="SessionStream.OnSendable"/>, or if the stream is over.</summary>
    public bool Send(SessionStream stream, ReadOnlyMemory<byte> payload, bool end, bool borrow)
    {
        bool sent;
        Signal signal;
        lock (_gate)
        {
            CheckSize(payload.Length);
            if (stream.IsClosed || stream.LocalEnding)
            {
                return false;
            }

            stream.LocalEnding = end;
            sent = CanSendNow(stream, payload.Length);
            if (sent)
            {
                WriteItem(stream, payload.Span, end, payload.Length, first: true);
            }
            else
            {
                Wait(stream, OutboundMessage.Of(payload, end, borrow));
                Schedule(stream);
            }

            signal = Poll();
        }

        Raise(signal);
        return sent;
    }

    /// <summary>Ends this end's half of the stream, after whatever waits.</summary>
    public void End(SessionStream stream)
    {
        Signal signal;
        lock (_gate)
        {
            if (stream.IsClosed || stream.LocalEnding)
            {
                return;
            }

            stream.LocalEnding = true;
            if (stream.Waiting is { Count: > 0 } || stream.State == StreamState.Opening)
            {
                Wait(stream, new OutboundMessage(default, end: true) { EndOnly = true });
                Schedule(stream);
            }
            else
            {
                WriteEnd(stream);
            }

            signal = Poll();
        }

        Raise(signal);
    }

    /// <summary>Ends the stream with an error for the peer.</summary>
    public void Fail(SessionStream stream, LoopException error) => Abandon(stream, error);

    /// <summary>Ends the stream because this end no longer wants it.</summary>
    public void Cancel(SessionStream stream) => Abandon(stream, error: null);

    /// <summary>Whether something that was given to be sent is not in the log yet.</summary>
    public bool HasWaiting(SessionStream stream)
    {
        lock (_gate)
        {
            return stream.Waiting is { Count: > 0 };
        }
    }

    private void CheckSize(int length)
    {
        if (length > _remote.MaxMessage)
        {
            throw new LoopException(ErrorCodes.MessageTooLarge, $"The message has {length} bytes; the peer takes {_remote.MaxMessage}.");
        }
    }

    private bool CanOpen(int cost) => _localOpen < _remote.MaxStreams && cost <= _sendCredit;

    private bool CanSendNow(SessionStream stream, int length) =>
        stream.State == StreamState.Open
        && stream.Waiting is not { Count: > 0 }
        && length <= FrameLimits.MaxPayload
        && CreditCost.Of(length) <= Math.Min(stream.SendCredit, _sendCredit);
}
