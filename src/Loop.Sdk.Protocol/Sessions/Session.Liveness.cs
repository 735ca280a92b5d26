using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Keep-alive and deadlines.</summary>
internal sealed partial class Session
{
    private long _lastReceivedAt;
    private long _lastSentAt;
    private long _pingSentAt;
    private long _nextDeadline;
    private bool _signDue;

    /// <summary>When anything was last received, on the session's clock.</summary>
    public long LastReceivedAt => Volatile.Read(ref _lastReceivedAt);

    /// <summary>Ends what is overdue and keeps the connection alive. False if the peer is silent for too long and the connection is to be dropped.</summary>
    public bool Tick(long now)
    {
        EndOverdue(now);
        Signal signal;
        lock (_gate)
        {
            if (!_attached)
            {
                return true;
            }

            if (_side == SessionSide.Server)
            {
                // The client pings at least once in every interval.
                return now - LastReceivedAt < (2L * _options.KeepAliveMs) + _options.PongTimeoutMs;
            }

            if (_signDue)
            {
                // The server keeps the secret before the last until it hears that the welcome was read. Mostly a call says so first.
                _ackDue = true;
            }
            else if (_pingSentAt != 0)
            {
                return now - Math.Max(LastReceivedAt, _pingSentAt) < _options.PongTimeoutMs;
            }
            else if (now - LastReceivedAt < _options.KeepAliveMs && now - _lastSentAt < _options.KeepAliveMs)
            {
                return true;
            }
            else
            {
                QueuePing(now);
            }

            signal = Poll();
        }

        Raise(signal);
        return true;
    }

    /// <summary>Asks for a sign of life now, for instance after the machine slept. Only on a client.</summary>
    public void Ping(long now)
    {
        Signal signal;
        lock (_gate)
        {
            if (!_attached || _pingSentAt != 0)
            {
                return;
            }

            QueuePing(now);
            signal = Poll();
        }

        Raise(signal);
    }

    private void QueuePing(long now)
    {
        _pingSentAt = now;
        (_control ??= new()).Enqueue(FrameWriter.Create(FrameKind.Ping, 0, Received));
    }

    private void WatchDeadline(long deadline)
    {
        if (_nextDeadline == 0 || deadline < _nextDeadline)
        {
            _nextDeadline = deadline;
        }
    }

    private void EndOverdue(long now)
    {
        List<SessionStream>? overdue = null;
        lock (_gate)
        {
            if (_nextDeadline == 0 || now < _nextDeadline)
            {
                return;
            }

            _nextDeadline = 0;
            foreach (var stream in (_streams?.Values ?? Enumerable.Empty<SessionStream>()).Concat(_opening ?? Enumerable.Empty<SessionStream>()))
            {
                if (stream.DeadlineAt == 0 || stream.IsClosed)
                {
                    continue;
                }

                if (stream.DeadlineAt <= now)
                {
                    (overdue ??= []).Add(stream);
                }
                else
                {
                    WatchDeadline(stream.DeadlineAt);
                }
            }
        }

        foreach (var stream in overdue ?? Enumerable.Empty<SessionStream>())
        {
            stream.OnDeadline();
        }
    }
}
