using Loop.Sdk.WebRtc.DataChannels;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;

namespace Loop.Sdk.WebRtc.Connections;

// What the layers write, and when they want to run again.
internal sealed partial class PeerDriver
{
    // As many packets are written before the lock is given to others.
    private const int BatchPackets = 64;

    private bool _isHandshakeBegun;

    /// <summary>Sends what there is to send, tells what there is to tell, and sets the timer.</summary>
    public void Flush(long now)
    {
        RunIce(now);
        RunServers(now);
        if (_dtls is { } dtls && End is null)
        {
            RunDtls(dtls, now);
        }

        if (End is null && _isUp | _isSetStarted)
        {
            if (Set.NextTimeout <= now)
            {
                Set.Timeout(now);
            }

            DrainEvents(now);
            if (!WriteData(now, BatchPackets))
            {
                QueueFlush();
            }
        }

        _connection.OnChanged();
        Reschedule(now);
    }

    /// <summary>Has <see cref="Flush"/> called soon on another thread, together with what is asked for until then.</summary>
    public void QueueFlush()
    {
        if (!_isFlushQueued)
        {
            _isFlushQueued = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void RunIce(long now)
    {
        if (_iceDue > now)
        {
            return;
        }

        if (_agent.NextTimeout <= now)
        {
            _agent.Timeout(now);
        }

        Span<byte> datagram = stackalloc byte[IceAgent.MaxDatagram];
        while (_agent.Write(datagram, now, out var socket, out var to) is > 0 and var length)
        {
            FindFlow(socket)?.Send(datagram[..length], to, now);
        }

        while (_agent.TryReadEvent(out var happened))
        {
            if (happened.Kind == IceEventKind.PathChanged)
            {
                OnPathChanged(now);
            }
            else if (happened.Kind == IceEventKind.StateChanged)
            {
                Logger.IceChanged(happened.State);
            }
        }

        _iceDue = _agent.NextTimeout;
    }

    private void OnPathChanged(long now)
    {
        var path = _agent.Path;
        _pathFlow = path.IsNone ? null : FindFlow(path.Socket);
        _pathRemote = path.Remote;
        if (_pathFlow is null)
        {
            return;
        }

        Logger.PathChanged(path.LocalType, path.RemoteType, path.Remote);
        (_pathFlow as RelayFlow)?.Bind(path.Remote, now);
        if (_isSetStarted)
        {
            Set.PathChanged();
        }
    }

    private void RunDtls(DtlsTransport dtls, long now)
    {
        if (_pathFlow is null)
        {
            return;
        }

        if (!_isHandshakeBegun && _isStarted)
        {
            _isHandshakeBegun = true;
            dtls.Start(now);
        }

        dtls.Timeout(now);
        WriteHandshake(now);
        CheckDtls(dtls, now);
    }

    // Datagrams of the handshake, alerts and the like; data is written record by record.
    private void WriteHandshake(long now)
    {
        var datagram = Scratch.Datagram;
        while (_dtls is not null && _dtls.TryWrite(datagram.AsSpan(0, DtlsTransport.DefaultMtu), out var length))
        {
            _pathFlow?.Send(datagram.AsSpan(0, length), _pathRemote, now);
        }
    }

    // True if everything was written that can be now.
    private bool WriteData(long now, int most)
    {
        if (_pathFlow is not { } flow || _dtls is not { State: DtlsState.Connected } dtls)
        {
            return true;
        }

        var plaintext = Scratch.Plaintext;
        var datagram = Scratch.Datagram;
        for (var count = 0; count < most; count++)
        {
            var length = Set.Write(plaintext, now);
            if (length == 0)
            {
                return true;
            }

            if (dtls.Send(plaintext.AsSpan(0, length)) && dtls.TryWrite(datagram, out var written))
            {
                flow.Send(datagram.AsSpan(0, written), _pathRemote, now);
            }
        }

        return false;
    }

    private Flow? FindFlow(int number)
    {
        foreach (var flow in _flows)
        {
            if (flow.Number == number)
            {
                return flow;
            }
        }

        return null;
    }

    private void Reschedule(long now)
    {
        var due = Math.Min(_iceDue, ServersDue);
        if (End is null)
        {
            due = _dtls is not null && _pathFlow is not null ? Math.Min(due, _dtls.NextTimeout) : due;
            due = _isSetStarted ? Math.Min(due, Set.NextTimeout) : due;
        }

        if (due <= now)
        {
            QueueFlush();
        }
        else if (due != long.MaxValue && !_connection.IsClosed)
        {
            _timer.Want(due);
        }
    }
}
