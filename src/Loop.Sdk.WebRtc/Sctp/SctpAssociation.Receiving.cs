using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <content>What the peer sends, chunk by chunk.</content>
internal sealed partial class SctpAssociation
{
    private void ReceiveInit(in Chunk chunk, in PacketHeader header, long now)
    {
        if (!InitChunk.TryRead(chunk.Value, out var init))
        {
            return;
        }

        if (_state == SctpState.ShutdownAckSent)
        {
            _isShutdownDue = true;
            return;
        }

        var packet = new PacketWriter(_single, _settings.LocalPort, header.SourcePort, init.Tag);
        _handshake.Answer(ref packet, init, _state, now);
        Keep(packet);
    }

    private void ReceiveCookie(in Chunk chunk, in PacketHeader header, long now)
    {
        var verdict = _handshake.Judge(chunk.Value, header.Tag, _state, now, out var cookie);
        switch (verdict)
        {
            case CookieVerdict.New or CookieVerdict.Restart when _state != SctpState.ShutdownAckSent:
                _remotePort = header.SourcePort;
                _handshake.Take(cookie);
                SetUp();
                Establish(verdict == CookieVerdict.Restart ? SctpEventKind.Restarted : SctpEventKind.Connected, now);
                _control.Add(ChunkType.CookieAck, 0, default);
                break;
            case CookieVerdict.Repeated:
                _control.Add(ChunkType.CookieAck, 0, default);
                break;
            case CookieVerdict.Stale:
                var packet = new PacketWriter(_single, _settings.LocalPort, header.SourcePort, cookie.PeerTag);
                var value = packet.Add(ChunkType.Error, 0, Parameter.HeaderSize + sizeof(uint));
                Parameter.Write(value, ErrorCause.StaleCookie, sizeof(uint)).Clear();
                Keep(packet);
                break;
        }
    }

    /// <summary>Takes what the ends have agreed on.</summary>
    private void SetUp()
    {
        _control.Clear();
        _timers.ClearAll();
        _reassembly.Reset();
        _reassembly.IsInterleaved = (Features & SctpFeatures.Interleaving) != 0;
        _receiver.Reset(_handshake.PeerTsn);
        _sender.Reset(_handshake.LocalTsn, _handshake.PeerWindow, Features);
        _resets.Reset(_handshake.LocalTsn, _handshake.PeerTsn);
    }

    private void Establish(SctpEventKind kind, long now)
    {
        _state = SctpState.Established;
        _errors = 0;
        _isHandshakeDue = _isShutdownDue = false;
        _timers.Clear(TimerKind.Handshake);
        _timers.Set(TimerKind.Heartbeat, now + _settings.HeartbeatInterval);
        _heardAt = now;
        _path.Start();
        _events.Add(new SctpEvent(kind));
    }

    /// <summary>Takes a chunk; false if the rest of the packet is to be passed over.</summary>
    private bool Receive(in Chunk chunk, long now)
    {
        switch (chunk.Type)
        {
            case ChunkType.Data or ChunkType.IData:
                return ReceiveData(chunk, now);
            case ChunkType.Sack:
                if (_state is SctpState.Established or SctpState.ShutdownPending or SctpState.ShutdownReceived && _sender.Acknowledge(chunk.Value, now))
                {
                    _errors = 0;
                }

                return true;
            case ChunkType.InitAck:
                return ReceiveInitAck(chunk, now);
            case ChunkType.CookieAck:
                if (_state == SctpState.CookieEchoed)
                {
                    Establish(SctpEventKind.Connected, now);
                }

                return true;
            case ChunkType.Heartbeat:
                _control.Add(ChunkType.HeartbeatAck, 0, chunk.Value);
                return true;
            case ChunkType.HeartbeatAck:
                ReceiveHeartbeatAck(chunk, now);
                return true;
            case ChunkType.ForwardTsn or ChunkType.IForwardTsn:
                return ReceiveForward(chunk);
            case ChunkType.ReConfig:
                if (_state is SctpState.Established)
                {
                    _errors = 0;
                    _resets.Receive(chunk.Value, _control, now);
                }

                return true;
            case ChunkType.Abort:
                Finish(SctpEndReason.AbortedByPeer);
                return false;
            case ChunkType.Error:
                ReceiveError(chunk, now);
                return true;
            case ChunkType.Shutdown or ChunkType.ShutdownAck or ChunkType.ShutdownComplete:
                return ReceiveShutdown(chunk, now);
            case ChunkType.Pad or ChunkType.CookieEcho or ChunkType.Init:
                return true;
            default:
                if (ChunkType.IsReported(chunk.Type))
                {
                    Report(chunk);
                }

                return ChunkType.IsSkipped(chunk.Type);
        }
    }

    private bool ReceiveData(in Chunk chunk, long now)
    {
        if (_state == SctpState.CookieEchoed)
        {
            // The peer knows both tags, so the acknowledgement of the cookie was lost or is late.
            Establish(SctpEventKind.Connected, now);
        }

        if (_state is not (SctpState.Established or SctpState.ShutdownPending or SctpState.ShutdownSent))
        {
            return true;
        }

        if (!DataChunk.TryRead(chunk, out var data) || chunk.Type != (_reassembly.IsInterleaved ? ChunkType.IData : ChunkType.Data))
        {
            End(SctpEndReason.ProtocolViolation);
            return false;
        }

        // The other end is to know that it has been heard, although it is about to end.
        _isShutdownDue |= _state == SctpState.ShutdownSent;
        var end = _receiver.Add(data);
        if (end != SctpEndReason.None)
        {
            End(end);
            return false;
        }

        return true;
    }

    private bool ReceiveForward(in Chunk chunk)
    {
        var isInterleaved = chunk.Type == ChunkType.IForwardTsn;
        if (_state is not (SctpState.Established or SctpState.ShutdownPending or SctpState.ShutdownSent) || isInterleaved != _reassembly.IsInterleaved)
        {
            return true;
        }

        var end = _receiver.Forward(chunk.Value, isInterleaved);
        if (end != SctpEndReason.None)
        {
            End(end);
            return false;
        }

        return true;
    }

    private bool ReceiveInitAck(in Chunk chunk, long now)
    {
        if (_state != SctpState.CookieWait || !InitChunk.TryRead(chunk.Value, out var initAck) || !_handshake.Take(initAck))
        {
            return false;
        }

        SetUp();
        _state = SctpState.CookieEchoed;
        _errors = 0;
        BeginHandshake(now);
        return true;
    }

    private void ReceiveHeartbeatAck(in Chunk chunk, long now)
    {
        if (_state is SctpState.Closed or SctpState.CookieWait || !_heartbeats.TryRead(chunk.Value, now, out var size, out var rtt))
        {
            return;
        }

        _errors = 0;
        if (size == 0)
        {
            _hasUnansweredHeartbeat = false;
            _sender.AddRtt(rtt);
        }
        else if (_path.Acknowledge(size))
        {
            _sender.Congestion.PacketSize = size;
        }
    }

    private void ReceiveError(in Chunk chunk, long now)
    {
        var causes = chunk.Value;
        while (Parameter.TryRead(ref causes, out var cause))
        {
            if (cause.Type == ErrorCause.StaleCookie && _state == SctpState.CookieEchoed)
            {
                _state = SctpState.CookieWait;
                _handshake.Forget();
                BeginHandshake(now);
            }
        }
    }

    private void Report(in Chunk chunk)
    {
        const int maxReported = 256;
        if (_state is SctpState.CookieWait or SctpState.CookieEchoed)
        {
            return;
        }

        Span<byte> cause = stackalloc byte[Parameter.HeaderSize + maxReported];
        var reported = chunk.Whole[..Math.Min(chunk.Whole.Length, maxReported)];
        reported.CopyTo(Parameter.Write(cause, ErrorCause.UnrecognizedChunk, reported.Length));
        _control.Add(ChunkType.Error, 0, cause[..(Parameter.HeaderSize + reported.Length)]);
    }

    private void KeepShutdownComplete()
    {
        var packet = new PacketWriter(_single, _settings.LocalPort, _remotePort, _handshake.PeerTag);
        packet.Add(ChunkType.ShutdownComplete, 0, 0);
        Keep(packet);
    }

    private bool ReceiveShutdown(in Chunk chunk, long now)
    {
        switch (chunk.Type)
        {
            case ChunkType.Shutdown when chunk.Value.Length >= sizeof(uint) && _state is not (SctpState.Closed or SctpState.CookieWait or SctpState.CookieEchoed):
                _sender.AcknowledgeShutdown(BinaryPrimitives.ReadUInt32BigEndian(chunk.Value), now);
                if (_state is SctpState.Established or SctpState.ShutdownPending)
                {
                    _path.Stop();
                    _state = SctpState.ShutdownReceived;
                }
                else if (_state is SctpState.ShutdownSent or SctpState.ShutdownAckSent)
                {
                    _state = SctpState.ShutdownAckSent;
                    _isShutdownDue = true;
                }

                return true;
            case ChunkType.ShutdownAck when _state is SctpState.ShutdownSent or SctpState.ShutdownAckSent:
                KeepShutdownComplete();
                Finish(SctpEndReason.Shutdown);
                return false;
            case ChunkType.ShutdownComplete when _state == SctpState.ShutdownAckSent:
                Finish(SctpEndReason.Shutdown);
                return false;
            default:
                return true;
        }
    }
}
