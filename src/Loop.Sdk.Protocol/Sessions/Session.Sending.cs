using Loop.Sdk.Errors;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>Sending: what fits goes straight into the log, in the caller's turn; the rest waits for credit and takes turns, a frame at a time.</summary>
internal sealed partial class Session
{
    // How much of waiting large messages is put in front of a small one that comes next.
    private const int PumpTarget = 64 * 1024 - 1024;
    private const int HoldLimit = 32 * 1024;
    private const int MaxControl = 64;

    private int _sendCredit;
    private Queue<SessionStream>? _opening;
    private Queue<SessionStream>? _ready;
    private List<SessionStream>? _drained;
    private bool _writing;
    private int _holds;

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
        }

        Raise(signal);
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

    /// <summary>Gives the next message for the connection; followed by <see cref="Taken"/> once it was sent.</summary>
    public bool TryTake(long now, out ReadOnlyMemory<byte> message)
    {
        bool taken;
        List<SessionStream>? drained;
        message = default;
        lock (_gate)
        {
            taken = _attached && TakeNext(out message);
            if (taken)
            {
                _lastSentAt = now;
            }
            else
            {
                _writing = false;
            }

            drained = _drained;
            _drained = null;
        }

        if (drained is not null)
        {
            foreach (var stream in drained)
            {
                stream.OnSendable();
            }
        }

        return taken;
    }

    /// <summary>What was last taken has been sent.</summary>
    public void Taken()
    {
        lock (_gate)
        {
            _log.Release();
        }
    }

    /// <summary>Makes the caller the one that takes output, if nobody is. It ends with <see cref="TryTake"/> or with the connection.</summary>
    public bool TryClaimOutput()
    {
        lock (_gate)
        {
            var claimed = _attached && !_writing;
            _writing |= claimed;
            return claimed;
        }
    }

    /// <summary>Lets output gather until <see cref="Resume"/>, or until there is much of it.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holds++;
        }
    }

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Resume()
    {
        Signal signal;
        lock (_gate)
        {
            _holds--;
            signal = Poll();
        }

        Raise(signal);
    }

    /// <summary>Sends new credentials on the live connection.</summary>
    public void SendAuth(Credentials credentials) => Control(ControlFrames.Write(credentials));

    /// <summary>Answers to new credentials, or warns of their expiry.</summary>
    public void SendAuthResult(AuthResult result) => Control(ControlFrames.Write(result));

    /// <summary>Says that the connection is about to end.</summary>
    public void SendGoAway(GoAway goAway) => Control(ControlFrames.Write(goAway));

    private bool TakeNext(out ReadOnlyMemory<byte> message)
    {
        if (_control is { Count: > 0 } control)
        {
            message = control.Dequeue();
            return true;
        }

        if (_ackDue)
        {
            _ackDue = false;
            message = FrameWriter.Create(FrameKind.Ack, Received);
            return true;
        }

        Pump();
        return _log.TryTake(out message);
    }

    private void Control(byte[] frame)
    {
        Signal signal;
        lock (_gate)
        {
            // A peer that does not read what it asked for loses the answers, not our memory.
            if (!_attached || _control is { Count: >= MaxControl })
            {
                return;
            }

            (_control ??= new()).Enqueue(frame);
            signal = Poll();
        }

        Raise(signal);
    }

    private void Abandon(SessionStream stream, LoopException? error)
    {
        Signal signal;
        lock (_gate)
        {
            if (stream.IsClosed)
            {
                return;
            }

            if (stream.State == StreamState.Open)
            {
                WriteLast(stream.Id, error);
            }

            Remove(stream);
            signal = Poll();
        }

        Raise(signal);
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

    private static void Wait(SessionStream stream, OutboundMessage message)
    {
        (stream.Waiting ??= new()).AddLast(message);
        stream.WaitingBytes += message.Data.Length;
    }

    private void Begin(SessionStream stream)
    {
        _lastLocalId = _lastLocalId == 0 ? (_side == SessionSide.Client ? 1UL : 2UL) : _lastLocalId + 2;
        stream.Id = _lastLocalId;
        Register(stream);
        _localOpen++;
    }

    private void Register(SessionStream stream)
    {
        stream.Session = this;
        stream.State = StreamState.Open;
        stream.SendCredit = _remote.StreamWindow;
        stream.ReceiveCredit = stream.ReceiveWindow = _options.Limits.StreamWindow;
        (_streams ??= new()).Add(stream.Id, stream);
        if (stream.DeadlineAt != 0)
        {
            WatchDeadline(stream.DeadlineAt);
        }
    }

    // An id is given in the moment that the open frame is written, since the peer takes ids in rising order only.
    private void StartOpening()
    {
        while (_opening is { Count: > 0 } opening)
        {
            var stream = opening.Peek();
            if (stream.IsClosed)
            {
                opening.Dequeue();
                continue;
            }

            if (!CanOpen(stream.Waiting!.First!.Value.Cost))
            {
                return;
            }

            opening.Dequeue();
            Begin(stream);
            WritePart(stream);
            Schedule(stream);
        }
    }

    private void Schedule(SessionStream stream)
    {
        if (!stream.Scheduled && stream.State == StreamState.Open && HasNext(stream, out var next) && next <= stream.SendCredit)
        {
            stream.Scheduled = true;
            (_ready ??= new()).Enqueue(stream);
        }
    }

    /// <summary>Whether the stream has a use for a turn, and what that costs.</summary>
    private static bool HasNext(SessionStream stream, out int cost)
    {
        if (stream.Waiting is { First.Value: { } message })
        {
            cost = message.Cost;
            return true;
        }

        cost = stream.Wanted;
        return cost > 0;
    }

    /// <summary>Moves parts of waiting messages into the log, in weighted turns, until there is enough for one message to the connection.</summary>
    private void Pump()
    {
        while (_ready is { Count: > 0 } ready && _log.Unsent < PumpTarget)
        {
            var stream = ready.Peek();
            for (var turn = 0; turn < stream.Weight && !stream.IsClosed && stream.Waiting is { First.Value: { } next }; turn++)
            {
                if (next.Cost > stream.SendCredit)
                {
                    break;
                }

                if (next.Cost > _sendCredit)
                {
                    return;
                }

                WritePart(stream);
            }

            if (stream is { IsClosed: false, Waiting: not { Count: > 0 }, Wanted: > 0 } && stream.Wanted <= stream.SendCredit)
            {
                if (stream.Wanted > _sendCredit)
                {
                    return;
                }

                stream.Wanted = 0;
                (_drained ??= []).Add(stream);
            }

            ready.Dequeue();
            stream.Scheduled = false;
            Schedule(stream);
        }
    }

    private void WritePart(SessionStream stream)
    {
        var message = stream.Waiting!.First!.Value;
        var part = message.Data.Span.Slice(message.Offset, message.Part);
        var last = part.Length == message.Remaining;
        if (message.EndOnly)
        {
            stream.Waiting.RemoveFirst();
            WriteEnd(stream);
            return;
        }

        var first = !message.Begun;
        message.Begun = true;
        message.Offset += part.Length;
        if (last)
        {
            stream.Waiting.RemoveFirst();
            stream.WaitingBytes -= message.Data.Length;
            if (stream.Waiting.Count == 0)
            {
                stream.Wanted = 0;
                (_drained ??= []).Add(stream);
            }
        }

        if (first && message.Header is { } header)
        {
            WriteOpen(stream, header, part, message.End, message.Data.Length);
        }
        else
        {
            WriteItem(stream, part, message.End, last && first ? part.Length : message.Data.Length, first, last);
        }

        if (last)
        {
            message.Recycle();
        }
    }

    // Decided with the lock held, carried out without it.
    private Signal Poll()
    {
        if (_log.Unacknowledged > _options.MaxReplay)
        {
            return _closed is null ? Signal.Overflow : Signal.None;
        }

        if (!_attached || _writing || (_holds > 0 && _log.Unsent < HoldLimit) || !HasOutput())
        {
            return Signal.None;
        }

        _writing = true;
        return Signal.Output;
    }

    private void Raise(Signal signal)
    {
        if (signal == Signal.Output)
        {
            _events.OnOutput();
        }
        else if (signal == Signal.Overflow)
        {
            _events.OnOverflow(new LoopException(ErrorCodes.ReplayOverflow, "More is unacknowledged than the replay buffer holds."));
        }
        else if (signal == Signal.SlowConsumer)
        {
            _events.OnOverflow(new LoopException(ErrorCodes.SlowConsumer, "A subscriber was too slow for a stream that leaves nothing out."));
        }
    }

    private bool HasOutput() =>
        _log.Unsent > 0
        || _ackDue
        || _control is { Count: > 0 }
        || _drained is not null
        || (_ready is { Count: > 0 } ready && (ready.Peek() is not { IsClosed: false } stream || !HasNext(stream, out var next) || next <= _sendCredit));

    private enum Signal
    {
        None,
        Output,
        Overflow,
        SlowConsumer,
    }
}
