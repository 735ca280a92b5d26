using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Streams that the peer opens.</summary>
internal sealed partial class Session
{
    private void ReceiveOpen(ulong id, ReadOnlySpan<byte> body, FrameFlags flags)
    {
        var header = OpenHeader.Read(ref body);
        var cost = CreditCost.Of(body.Length);
        var total = TakeTotal(ref body, flags, first: true);
        if (Closed is not null)
        {
            // Nobody is asked for a stream any more.
            ThrowIfClosed();
        }

        if (IsLocal(id) || id <= _lastPeerId || id == 0)
        {
            throw new LoopException(ErrorCodes.InvalidStreamId, "A stream was opened with an id that is not the opener's next.");
        }

        // The id belongs to the reader alone, and one place too many for a moment does no harm: both need no lock.
        _lastPeerId = id;
        var full = Volatile.Read(ref _peerOpen) >= _options.Limits.MaxStreams;
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
            TakeSessionCredit(cost);
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

            TakeSessionCredit(length);
            WriteLast(id, refusal);
            GrantSession(length);
            signal = Poll();
        }

        Raise(signal);
    }
}
