using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Output: who is told that there is some, and what is taken next.</summary>
internal sealed partial class Session
{
    private const int HoldLimit = 32 * 1024;
    private const int CompanionLimit = 1024;

    private bool _writing;
    private int _holder;

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
                _signDue = false;
            }
            else
            {
                _writing = false;
            }

            drained = _drained;
            _drained = null;
        }

        foreach (var stream in drained ?? Enumerable.Empty<SessionStream>())
        {
            if (stream.OnSendable() is { } work)
            {
                ReadyWork.Queue(work);
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

    /// <summary>Lets what the calling thread writes gather until <see cref="Resume"/>, or until there is much of it. One thread at a time holds.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holder = Environment.CurrentManagedThreadId;
        }
    }

    /// <summary>Ends a <see cref="Hold"/> of the calling thread ahead of its time: what it writes from now on may be long in coming.</summary>
    public void Release()
    {
        Signal signal;
        lock (_gate)
        {
            if (_holder != Environment.CurrentManagedThreadId)
            {
                return;
            }

            _holder = 0;
            signal = Poll();
        }

        Raise(signal);
    }

    /// <summary>Ends a <see cref="Hold"/>, of whatever thread.</summary>
    public void Resume()
    {
        Signal signal;
        lock (_gate)
        {
            _holder = 0;
            signal = Poll();
        }

        Raise(signal, alone: true);
    }

    /// <summary>Gives the streams whose producers may go on, after as much of what waits was written as there is room for now.</summary>
    private IEnumerable<SessionStream> TakeDrained()
    {
        // Seen too late it does no harm: whoever writes looks again.
        if (_drained is null && _ready is not { Count: > 0 })
        {
            return [];
        }

        lock (_gate)
        {
            if (_attached)
            {
                Pump();
            }

            var drained = _drained;
            _drained = null;
            return drained ?? Enumerable.Empty<SessionStream>();
        }
    }

    private bool TakeNext(out ReadOnlyMemory<byte> message)
    {
        Pump();
        if (TakeUntracked() is not { } untracked)
        {
            return _log.TryTake(out message);
        }

        // Acknowledgement and credit come in pairs: a message for each would cost more than to copy what is small.
        message = _log.Unsent is > 0 and <= CompanionLimit && _log.TryTake(out var tracked) ? (byte[])[.. untracked, .. tracked.Span] : untracked;
        return true;
    }

    private byte[]? TakeUntracked()
    {
        if (_control is { Count: > 0 } control)
        {
            return control.Dequeue();
        }

        if (!_ackDue)
        {
            return null;
        }

        _ackDue = false;
        return FrameWriter.Create(FrameKind.Ack, Received);
    }

    // Decided with the lock held, carried out without it.
    private Signal Poll()
    {
        if (_log.Unacknowledged > _options.MaxReplay)
        {
            return _closed is null ? Signal.Overflow : Signal.None;
        }

        if (!_attached || _writing || IsHeld || !HasOutput())
        {
            return Signal.None;
        }

        _writing = true;
        return _holder != 0 && _holder == Environment.CurrentManagedThreadId ? Signal.OutputHere : Signal.Output;
    }

    // Only the thread that holds: what others write may not wait for a handler that takes its time.
    private bool IsHeld => _holder != 0 && _log.Unsent < HoldLimit && _holder == Environment.CurrentManagedThreadId;

    private void Raise(Signal signal, bool alone = false)
    {
        if (signal is Signal.Output or Signal.OutputHere)
        {
            _events.OnOutput(alone || signal == Signal.OutputHere);
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
        OutputHere,
        Overflow,
        SlowConsumer,
    }
}
