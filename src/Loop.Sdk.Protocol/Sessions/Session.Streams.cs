namespace Loop.Sdk.Sessions;

/// <summary>The streams: their ids, their places, and their ends.</summary>
internal sealed partial class Session
{
    private Dictionary<ulong, SessionStream>? _streams;
    private ulong _lastLocalId;
    private ulong _lastPeerId;
    private int _localOpen;
    private int _peerOpen;

    private bool IsLocal(ulong id) => (id & 1) == (_side == SessionSide.Client ? 1UL : 0UL);

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
        stream.GrantedAt = Volatile.Read(ref _lastReceivedAt);
        (_streams ??= new()).Add(stream.Id, stream);
        if (stream.DeadlineAt != 0)
        {
            WatchDeadline(stream.DeadlineAt);
        }
    }

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

    private void EndLocal(SessionStream stream, bool end)
    {
        if (end)
        {
            stream.LocalEnded = true;
            if (stream.RemoteEnded)
            {
                Remove(stream);
            }
        }
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

    private void Remove(SessionStream stream)
    {
        if (stream.State == StreamState.Open && _streams!.Remove(stream.Id))
        {
            if (IsLocal(stream.Id))
            {
                _localOpen--;
            }
            else
            {
                _peerOpen--;
            }

            // The rest of the connection must not starve for what this stream did not consume.
            GrantSession(stream.Unconsumed - stream.Prepaid + stream.Deferred);
        }

        stream.State = StreamState.Closed;
        if (stream.Assembly is { } assembly)
        {
            _assembling -= assembly.Reserved;
            stream.Assembly = null;
        }

        DropWaiting(stream);
        StartOpening();
    }
}
