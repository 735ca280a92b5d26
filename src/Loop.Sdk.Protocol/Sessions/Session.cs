using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>
/// One end of a session: bytes in, bytes out, time passed in; no sockets, no clock. Both ends run this class. Sending is safe from any thread;
/// receiving belongs to the one that reads the connection. A session outlives its connections: it is attached to one at a time.
/// </summary>
internal sealed partial class Session
{
    private readonly Lock _gate = new();
    private readonly SessionSide _side;
    private readonly SessionOptions _options;
    private readonly ISessionEvents _events;
    private readonly PeerLimits _remote;
    private readonly OutboundLog _log = new();
    private bool _attached;
    private LoopException? _closed;

    public Session(SessionSide side, SessionOptions options, PeerLimits remote, ISessionEvents events)
    {
        _side = side;
        _options = options;
        _remote = remote == SessionOptions.Default.Limits ? SessionOptions.Default.Limits : remote;
        _events = events;
        _sendCredit = remote.SessionWindow;
        _receiveCredit = options.Limits.SessionWindow;
    }

    public SessionSide Side => _side;

    /// <summary>How many tracked frames were received.</summary>
    public ulong Received => Volatile.Read(ref _received);

    /// <summary>Why the session is over, or null.</summary>
    public LoopException? Closed => Volatile.Read(ref _closed);

    /// <summary>Streams that the peer may have open at once.</summary>
    public int MaxPeerStreams => _options.Limits.MaxStreams;

    /// <summary>Streams open now, of both sides.</summary>
    public int OpenStreams => Volatile.Read(ref _localOpen) + Volatile.Read(ref _peerOpen);

    /// <summary>Whether no stream is open, and all that was written was given to a connection.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _localOpen + _peerOpen == 0 && _opening is not { Count: > 0 } && _log.Unsent == 0 && !_writing;
            }
        }
    }

    /// <summary>Bytes that a resume may have to send again.</summary>
    public long Unacknowledged
    {
        get
        {
            lock (_gate)
            {
                return _log.Unacknowledged;
            }
        }
    }

    /// <summary>Whether a peer that has received this many frames can go on without a gap.</summary>
    public bool CanResumeFrom(ulong peerReceived)
    {
        lock (_gate)
        {
            return _closed is null && _log.Holds(peerReceived);
        }
    }

    /// <summary>Goes on over a new connection. Whatever the peer did not receive is sent again.</summary>
    /// <param name="peerReceived">What the peer says it has received: 0 on a new session.</param>
    /// <param name="now">The time in milliseconds.</param>
    public void Attach(ulong peerReceived, long now)
    {
        Signal signal;
        lock (_gate)
        {
            _attached = true;
            _log.Rewind(peerReceived);
            _control?.Clear();
            // Hello and welcome have said what was received.
            _ackDue = false;
            _signDue = _side == SessionSide.Client && Received > 0;
            _lastReceivedAt = now;
            _lastSentAt = now;
            _pingSentAt = 0;
            signal = Poll();
        }

        Raise(signal);
    }

    /// <summary>The connection is gone, and nobody reads what was last taken. What is sent from now on waits for the next one.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _attached = false;
            _writing = false;
            _log.Release();
        }
    }

    /// <summary>Ends the session and every stream of it for good.</summary>
    public void Close(LoopException reason)
    {
        List<SessionStream> streams;
        lock (_gate)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = reason;
            streams = [.. _streams?.Values ?? Enumerable.Empty<SessionStream>(), .. _opening ?? Enumerable.Empty<SessionStream>()];
            streams.RemoveAll(static stream => stream.IsClosed);
            foreach (var stream in streams)
            {
                stream.State = StreamState.Closed;
                stream.Assembly = null;
                DropWaiting(stream);
            }

            _assembling = 0;
            _streams = null;
            _opening = null;
            _ready = null;
            _localOpen = _peerOpen = 0;
            _log.Clear();
        }

        foreach (var stream in streams)
        {
            stream.OnFailed(reason);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed is { } reason)
        {
            throw new LoopException(reason.Code, reason.Message, reason) { Retryable = reason.Retryable };
        }
    }
}
