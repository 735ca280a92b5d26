using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>Receiving: frames are checked and counted under the lock, then handed to their stream without it. Called by one thread at a time.</summary>
internal sealed partial class Session
{
    // While acknowledgements would follow each other faster than this, they wait until there is several times as much to acknowledge.
    private const int AckIntervalMs = 100;
    private const int AckStretch = 16;

    private List<SessionStream>? _batch;
    private ulong _received;
    private int _receivedSinceAck;
    private long _ackedAt = -AckIntervalMs;

    /// <summary>Takes in what the connection gave. Returns how many bytes were whole frames; the rest is to be given again with what follows it.</summary>
    /// <exception cref="LoopException">The peer broke the protocol: the session is to be closed.</exception>
    public int Receive(ReadOnlySpan<byte> bytes, long now)
    {
        Volatile.Write(ref _lastReceivedAt, now);
        var offset = 0;
        while (FrameReader.TryRead(bytes[offset..], out var frame))
        {
            offset += frame.Length;
            if (frame is { Kind: FrameKind.Item, Flags: FrameFlags.None })
            {
                offset += ReceiveItems(frame, bytes[offset..]);
            }
            else
            {
                Process(frame);
            }
        }

        return offset;
    }

    /// <summary>Nothing more is at hand: adds whoever waits for what came, messages or credit.</summary>
    public void EndBatch(ReadyWork ready)
    {
        if (_batch is { Count: > 0 } batch)
        {
            foreach (var stream in batch)
            {
                if (stream.OnBatchEnd() is { } work)
                {
                    ready.Add(work);
                }
            }

            batch.Clear();
        }

        foreach (var stream in TakeDrained())
        {
            if (stream.OnSendable() is { } work)
            {
                ready.Add(work);
            }
        }
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
                ReceivePart(id, body, frame.Flags);
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

        Count(frames: 1, frame.Length);
    }

    // Done last: a frame that was not dealt with to the end must come again.
    private void Count(int frames, int bytes)
    {
        Volatile.Write(ref _received, _received + (ulong)frames);
        _receivedSinceAck += bytes;
        if (_receivedSinceAck >= _options.Limits.AckBytes)
        {
            RequestAck();
        }
    }

    private void RequestAck()
    {
        // On a fast connection the sender's memory is no matter of these bytes, but a message for each of them would be a large part of the traffic.
        if (_lastReceivedAt - _ackedAt < AckIntervalMs && _receivedSinceAck / AckStretch < _options.Limits.AckBytes)
        {
            return;
        }

        _receivedSinceAck = 0;
        _ackedAt = _lastReceivedAt;
        Signal signal;
        lock (_gate)
        {
            _ackDue = true;
            signal = Poll();
        }

        Raise(signal);
    }

    private void ReceivePart(ulong id, ReadOnlySpan<byte> body, FrameFlags flags)
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
}
