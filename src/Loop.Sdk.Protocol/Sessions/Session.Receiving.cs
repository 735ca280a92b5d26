using Loop.Sdk.Errors;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>Receiving: frames are checked and counted under the lock, then handed to their stream without it. Called by one thread at a time.</summary>
internal sealed partial class Session
{
    private List<SessionStream>? _batch;
    private ulong _received;
    private int _receivedSinceAck;
    private int _receiveCredit;
    private int _consumed;
    private int _assembling;

    /// <summary>Takes in what the connection gave. Returns how many bytes were whole frames; the rest is to be given again with what follows it.</summary>
    /// <exception cref="LoopException">The peer broke the protocol: the session is to be closed.</exception>
    public int Receive(ReadOnlySpan<byte> bytes, long now)
    {
        Volatile.Write(ref _lastReceivedAt, now);
        var offset = 0;
        while (FrameReader.TryRead(bytes[offset..], out var frame))
        {
            offset += frame.Length;
            Process(frame);
        }

        return offset;
    }

    /// <summary>Nothing more is at hand: wakes the streams that gathered messages.</summary>
    public void EndBatch()
    {
        if (_batch is not { Count: > 0 } batch)
        {
            return;
        }

        foreach (var stream in batch)
        {
            stream.OnBatchEnd();
        }

        batch.Clear();
    }

    /// <summary>A stream asks, from within its callback, for one <see cref="SessionStream.OnBatchEnd"/>.</summary>
    public void NotifyAtBatchEnd(SessionStream stream) => (_batch ??= []).Add(stream);

    private void Process(in Frame frame)
    {
        if (!Frame.IsTracked(frame.Kind))
        {
            ProcessControl(frame);
            return;
        }

        var body = frame.Body;
        var id = FrameReader.TakeVarint(ref body);
        switch (frame.Kind)
        {
            case FrameKind.Open:
                ReceiveOpen(id, body, frame.Flags);
                break;
            case FrameKind.Item:
                ReceiveItem(id, body, frame.Flags);
                break;
            case FrameKind.End:
                ReceiveEnd(id);
                break;
            case FrameKind.Error:
                ReceiveLast(id, ControlFrames.Read(body, ControlJson.Default.ErrorBody).ToException());
                break;
            case FrameKind.Cancel:
                ReceiveLast(id, new LoopException(ErrorCodes.Cancelled, "The peer cancelled the stream."));
                break;
            default:
                ReceiveCredit(id, FrameReader.TakeSmall(ref body, int.MaxValue));
                break;
        }

        // Counted last: a frame that was not dealt with to the end must come again.
        Volatile.Write(ref _received, _received + 1);
        _receivedSinceAck += frame.Length;
        if (_receivedSinceAck >= _options.Limits.AckBytes)
        {
            _receivedSinceAck = 0;
            RequestAck();
        }
    }

    private void RequestAck()
    {
        Signal signal;
        lock (_gate)
        {
            _ackDue = true;
            signal = Poll();
        }

        Raise(signal);
    }

    private void ReceiveOpen(ulong id, ReadOnlySpan<byte> body, FrameFlags flags)
    {
        var header = OpenHeader.Read(ref body);
        var cost = CreditCost.Of(body.Length);
        var total = TakeTotal(ref body, flags, first: true);
        bool full;
        lock (_gate)
        {
            ThrowIfClosed();
            if (IsLocal(id) || id <= _lastPeerId || id == 0)
            {
                throw new LoopException(ErrorCodes.InvalidStreamId, "A stream was opened with an id that is not the opener's next.");
            }

            _lastPeerId = id;
            full = _peerOpen >= _options.Limits.MaxStreams;
            TakeSessionCredit(cost);
        }

        SessionStream stream;
        try
        {
            stream = full ? throw new LoopException(ErrorCodes.ResourceExhausted, "Too many streams are open.") { Retryable = true } : _events.OnOpen(header);
        }
        catch (LoopException refusal)
        {
            Refuse(id, refusal, cost);
            return;
        }

        bool whole;
        var signal = Signal.None;
        lock (_gate)
        {
            ThrowIfClosed();
            stream.Id = id;
            Register(stream);
            _peerOpen++;
            whole = TakeIn(stream, body.Length, cost, flags, ref signal);
        }

        Deliver(stream, body, flags, total, whole, signal);
    }

    private void Refuse(ulong id, LoopException refusal, int length)
    {
        Signal signal;
        lock (_gate)
        {
            if (_closed is not null)
            {
                return;
            }

            WriteLast(id, refusal);
            GrantSession(length);
            signal = Poll();
        }

        Raise(signal);
    }

    private void ReceiveItem(ulong id, ReadOnlySpan<byte> body, FrameFlags flags)
    {
        SessionStream? stream;
        var total = 0;
        var whole = false;
        var signal = Signal.None;
        lock (_gate)
        {
            // The announcement of a length costs credit like payload, so that a frame costs the same where its stream is no longer known.
            var cost = CreditCost.Of(body.Length);
            stream = Find(id);
            TakeSessionCredit(cost);
            if (stream is null)
            {
                // A late frame of a stream that this end gave up: only its credit matters.
                GrantSession(cost);
                signal = Poll();
            }
            else
            {
                total = TakeTotal(ref body, flags, stream.Assembly is null);
                whole = TakeIn(stream, body.Length, cost, flags, ref signal);
            }
        }

        if (stream is null)
        {
            Raise(signal);
        }
        else
        {
            Deliver(stream, body, flags, total, whole, signal);
        }
    }

    /// <summary>Counts what a frame cost. True if it is a whole message, which is by far the most frequent: it need not take the lock again.</summary>
    private bool TakeIn(SessionStream stream, int length, int cost, FrameFlags flags, ref Signal signal)
    {
        TakeStreamCredit(stream, cost);
        if ((flags & FrameFlags.More) != 0 || stream.Assembly is not null)
        {
            // What a part costs beyond its bytes of the message is nothing that a consumer could give back.
            if (cost > length)
            {
                Grant(stream, cost - length);
            }

            return false;
        }

        stream.Unconsumed += cost;
        if ((flags & FrameFlags.End) != 0)
        {
            signal = EndRemote(stream);
        }

        return true;
    }

    private static int TakeTotal(ref ReadOnlySpan<byte> body, FrameFlags flags, bool first)
    {
        if (!first || (flags & FrameFlags.More) == 0)
        {
            return body.Length;
        }

        var total = FrameReader.TakeSmall(ref body, int.MaxValue);
        return total > body.Length ? total : throw FrameReader.Malformed();
    }

    private void Deliver(SessionStream stream, ReadOnlySpan<byte> payload, FrameFlags flags, int total, bool whole, Signal signal)
    {
        var end = (flags & (FrameFlags.End | FrameFlags.More)) == FrameFlags.End;
        if (whole)
        {
            stream.OnMessage(payload, owned: null, end);
        }
        else if (TakePart(stream, payload, flags, total, ref signal) is { } message)
        {
            stream.OnMessage(message, message, end);
        }

        // Last, since it may close the session and with it the stream, which takes no message any more then.
        Raise(signal);
    }

    /// <summary>Takes in a part of a message. Returns the message if it is whole now.</summary>
    private byte[]? TakePart(SessionStream stream, ReadOnlySpan<byte> part, FrameFlags flags, int total, ref Signal signal)
    {
        try
        {
            lock (_gate)
            {
                if (stream.IsClosed)
                {
                    // Given up by this end since the frame was taken in.
                    GrantSession(part.Length);
                    signal = Poll();
                    return null;
                }

                var message = Assemble(stream, part, (flags & FrameFlags.More) != 0, total);
                signal = message is not null && (flags & FrameFlags.End) != 0 ? EndRemote(stream) : Poll();
                return message;
            }
        }
        catch (LoopException error) when (error.Code is ErrorCodes.MessageTooLarge or ErrorCodes.ResourceExhausted)
        {
            Abandon(stream, error);
            stream.OnFailed(error);
            return null;
        }
    }

    /// <summary>Adds a part to the stream's message. Returns the message if it is whole now.</summary>
    private byte[]? Assemble(SessionStream stream, ReadOnlySpan<byte> part, bool more, int total)
    {
        // Counted ahead of the checks: if one fails, the end of the stream gives the session's credit back.
        stream.Deferred += part.Length;
        if (stream.Assembly is null && total > _options.Limits.MaxMessage)
        {
            throw new LoopException(ErrorCodes.MessageTooLarge, $"The message has {total} bytes; the limit is {_options.Limits.MaxMessage}.");
        }

        var before = stream.Assembly?.Reserved ?? 0;
        var assembly = stream.Assembly ??= new MessageAssembly(total);
        assembly.Append(part);
        _assembling += assembly.Reserved - before;
        if (_assembling > _options.MaxAssembly)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "Too many large messages arrive at once.") { Retryable = true };
        }

        if (assembly.IsComplete == more)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "A message is not of the announced length.");
        }

        // While nothing older waits for the consumer, the sender may go on at once: the message itself is the bound.
        if (stream.Unconsumed == 0)
        {
            var granted = stream.Deferred;
            stream.Deferred = 0;
            Grant(stream, granted);
        }

        if (more)
        {
            return null;
        }

        var message = assembly.Message;
        stream.Assembly = null;
        _assembling -= assembly.Reserved;
        stream.Unconsumed += message.Length;
        stream.Prepaid += message.Length - stream.Deferred;
        stream.Deferred = 0;
        return message;
    }

    private void ReceiveEnd(ulong id)
    {
        SessionStream? stream;
        var signal = Signal.None;
        lock (_gate)
        {
            stream = Find(id);
            if (stream?.Assembly is not null)
            {
                throw new LoopException(ErrorCodes.ProtocolError, "A stream ended in the middle of a message.");
            }

            if (stream is not null)
            {
                signal = EndRemote(stream);
            }
        }

        stream?.OnEnd();
        Raise(signal);
    }

    private Signal EndRemote(SessionStream stream)
    {
        stream.RemoteEnded = true;
        if (stream.LocalEnded)
        {
            Remove(stream);
        }

        // Another stream may have waited for this one's place.
        return Poll();
    }

    private void ReceiveLast(ulong id, LoopException error)
    {
        SessionStream? stream;
        Signal signal;
        lock (_gate)
        {
            stream = Find(id, evenIfEnded: true);
            if (stream is null)
            {
                return;
            }

            Remove(stream);
            signal = Poll();
        }

        Raise(signal);
        stream.OnFailed(error);
    }

    private void ReceiveCredit(ulong id, int bytes)
    {
        Signal signal;
        lock (_gate)
        {
            if (id == 0)
            {
                _sendCredit = Add(_sendCredit, bytes);
                StartOpening();
            }
            else if (Find(id, evenIfEnded: true) is { } stream)
            {
                stream.SendCredit = Add(stream.SendCredit, bytes);
                Schedule(stream);
            }

            signal = Poll();
        }

        Raise(signal);
    }

    private static int Add(int credit, int bytes) =>
        bytes > 0 && credit <= int.MaxValue - bytes ? credit + bytes : throw new LoopException(ErrorCodes.CreditViolation, "The peer grants more credit than can be.");

    private SessionStream? Find(ulong id, bool evenIfEnded = false)
    {
        if (_streams is { } streams && streams.TryGetValue(id, out var stream))
        {
            return evenIfEnded || !stream.RemoteEnded
                ? stream
                : throw new LoopException(ErrorCodes.ProtocolError, "A frame follows the end of its stream.");
        }

        var known = id != 0 && id <= (IsLocal(id) ? _lastLocalId : _lastPeerId);
        return known || _closed is not null ? null : throw new LoopException(ErrorCodes.InvalidStreamId, "A frame names a stream that was never opened.");
    }

    private void TakeSessionCredit(int bytes)
    {
        _receiveCredit -= bytes;
        if (_receiveCredit < 0)
        {
            throw new LoopException(ErrorCodes.CreditViolation, "The peer sent more than the session's credit.");
        }
    }

    private static void TakeStreamCredit(SessionStream stream, int bytes)
    {
        stream.ReceiveCredit -= bytes;
        if (stream.ReceiveCredit < 0)
        {
            throw new LoopException(ErrorCodes.CreditViolation, "The peer sent more than the stream's credit.");
        }
    }

    private void Grant(SessionStream stream, int bytes)
    {
        stream.Consumed += bytes;
        if (stream is { IsClosed: false, RemoteEnded: false } && stream.Consumed >= stream.ReceiveWindow / 2)
        {
            var grant = stream.Consumed;
            stream.Consumed = 0;

            // A sender that has less than a frame's worth left has been waiting: a larger window would have kept it going.
            if (stream.ReceiveCredit < FrameLimits.MaxPayload && stream.ReceiveWindow < _options.MaxStreamWindow)
            {
                var window = Math.Min(stream.ReceiveWindow * 2, _options.MaxStreamWindow);
                grant += window - stream.ReceiveWindow;
                stream.ReceiveWindow = window;
            }

            stream.ReceiveCredit += grant;
            WriteCredit(stream.Id, grant);
        }

        GrantSession(bytes);
    }

    private void GrantSession(int bytes)
    {
        _consumed += bytes;
        if (_consumed >= _options.Limits.SessionWindow / 2 && _closed is null)
        {
            _receiveCredit += _consumed;
            WriteCredit(0, _consumed);
            _consumed = 0;
        }
    }
}
