using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// An SCTP association (RFC 9260) without sockets, threads or clocks. All calls are made one at a time, under the owner's lock, with the time in microseconds of a clock that does not go
/// back. After any call: <see cref="Write"/> until it gives 0, <see cref="TryReadEvent"/> until there is none, and <see cref="Timeout"/> at <see cref="NextTimeout"/>.
/// No input from the peer makes a call throw.
/// </summary>
internal sealed partial class SctpAssociation
{
    private readonly SctpSettings _settings;
    private readonly EventQueue<SctpEvent> _events = new();
    private readonly TimerSet _timers = new();
    private readonly BlockPool _pool;
    private readonly ControlQueue _control = new();
    private readonly Handshake _handshake;
    private readonly Heartbeats _heartbeats;
    private readonly PathSearch _path;
    private readonly Reassembly _reassembly;
    private readonly Receiver _receiver;
    private readonly Sender _sender;
    private readonly StreamResets _resets;
    private readonly byte[] _single = new byte[1200];
    private SctpState _state;
    private ushort _remotePort;
    private int _singleLength;
    private bool _isHandshakeDue;
    private bool _isShutdownDue;
    private bool _isShutdown;
    private bool _isHeartbeatDue;
    private bool _hasUnansweredHeartbeat;
    private long _heardAt;
    private int _errors;

    public SctpAssociation(SctpSettings settings)
    {
        _settings = settings;
        _pool = new BlockPool((long)settings.SendBuffer + settings.ReceiveBuffer + settings.MaxMessageSize);
        _handshake = new Handshake(settings);
        _heartbeats = new Heartbeats(settings);
        _path = new PathSearch(settings, _timers);
        _reassembly = new Reassembly(settings, _pool, _events);
        _receiver = new Receiver(settings, _reassembly, _timers);
        _sender = new Sender(settings, _pool, _events, _timers);
        _resets = new StreamResets(settings, _sender, _receiver, _reassembly, _events, _timers);
    }

    /// <summary>Whether messages can be sent.</summary>
    public bool IsConnected => _state == SctpState.Established;

    /// <summary>Whether it is over.</summary>
    public bool IsEnded => _state == SctpState.Ended;

    /// <summary>What both ends can do, once connected.</summary>
    public SctpFeatures Features => _handshake.Agreed;

    /// <summary>How many streams the peer takes, once connected.</summary>
    public int PeerStreams => _handshake.PeerStreams;

    /// <summary>The size of packets now. What was cut before the path shrank may be sent again in larger packets: they need fragmentation by IP.</summary>
    public int PacketSize => _path.Size;

    /// <summary>The largest packet that is tried, up to <see cref="SctpSettings.MaxPacketSize"/>: some peers cannot read what their paths carry. To be set before <see cref="Connect"/>.</summary>
    public int PacketLimit
    {
        get => _path.Limit;
        set => _path.Limit = value;
    }

    /// <summary>Whether the next packet is one that is to be lost if it is too large for the path.</summary>
    public bool IsProbeNext => _singleLength == 0 && _path.Probe > 0 && _state == SctpState.Established;

    /// <summary>When <see cref="Timeout"/> is to be called, in microseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout => _timers.Next;

    /// <summary>Bytes taken that have not been written to any packet yet.</summary>
    public long BufferedAmount => _sender.Buffered;

    /// <summary>Whether everything that was taken has been delivered or given up.</summary>
    public bool IsIdle => _sender.IsDone && _resets.IsDone;

    /// <summary>The model of the path, for tests and for those who look into it.</summary>
    public CongestionControl Congestion => _sender.Congestion;

    /// <summary>The same of one stream.</summary>
    public long BufferedAmountOf(ushort stream) => _sender.BufferedOf(stream);

    /// <summary>Begins. Both ends may; once is enough.</summary>
    /// <param name="remotePort">The peer's port.</param>
    /// <param name="now">The time.</param>
    public void Connect(ushort remotePort, long now)
    {
        if (_state == SctpState.Closed)
        {
            _remotePort = remotePort;
            _state = SctpState.CookieWait;
            BeginHandshake(now);
        }
    }

    /// <summary>Takes a packet.</summary>
    public void Receive(ReadOnlySpan<byte> packet, long now)
    {
        if (!PacketHeader.TryRead(packet, out var header) || header.DestinationPort != _settings.LocalPort
            || (_state != SctpState.Closed && header.SourcePort != _remotePort))
        {
            return;
        }

        var rest = packet[PacketHeader.Size..];
        if (!Chunk.TryRead(ref rest, out var chunk) || !HasValidChecksum(packet, header, chunk.Type))
        {
            return;
        }

        if (_state == SctpState.Ended)
        {
            if (_isShutdown && chunk.Type == ChunkType.ShutdownAck && header.Tag == _handshake.LocalTag)
            {
                // What told the peer of the end was lost.
                KeepShutdownComplete();
            }

            return;
        }

        if (chunk.Type == ChunkType.Init)
        {
            if (header.Tag == 0 && rest.IsEmpty)
            {
                ReceiveInit(chunk, header, now);
            }

            return;
        }

        var isReflected = chunk.Type is ChunkType.Abort or ChunkType.ShutdownComplete && (chunk.Flags & ChunkFlags.TagReflected) != 0;
        if (chunk.Type == ChunkType.CookieEcho)
        {
            ReceiveCookie(chunk, header, now);
        }

        if (header.Tag != (isReflected ? _handshake.PeerTag : _handshake.LocalTag))
        {
            return;
        }

        _heardAt = now;
        do
        {
            if (!Receive(chunk, now))
            {
                break;
            }
        }
        while (Chunk.TryRead(ref rest, out chunk));
        _receiver.EndPacket(now);
        _resets.Advance(_control);
        Progress(now);
    }

    /// <summary>Writes the next packet to send.</summary>
    /// <param name="packet">At least <see cref="SctpSettings.MaxPacketSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its size; 0 if there is nothing to send now.</returns>
    public int Write(Span<byte> packet, long now)
    {
        if (_singleLength > 0)
        {
            var length = _singleLength;
            _single.AsSpan(0, length).CopyTo(packet);
            _singleLength = 0;
            return length;
        }

        if (_state is SctpState.Closed or SctpState.Ended)
        {
            return 0;
        }

        if (_path.Probe > 0 && _state == SctpState.Established)
        {
            var probe = Begin(packet[.._path.Probe]);
            _heartbeats.Write(ref probe, _path.Probe, now);
            _path.Written(now);
            return Finish(probe);
        }

        var size = Math.Max(_path.Size, _sender.RequiredSize);
        var writer = Begin(packet[..Math.Min(size, packet.Length)]);
        if (_state is SctpState.CookieWait or SctpState.CookieEchoed)
        {
            return WriteHandshake(ref writer, now);
        }

        if (_isHeartbeatDue)
        {
            _isHeartbeatDue = false;
            _hasUnansweredHeartbeat = true;
            _heartbeats.Write(ref writer, 0, now);
            _timers.Set(TimerKind.Heartbeat, now + _sender.Rtt.Timeout);
        }

        _control.Write(ref writer);

        // An acknowledgement that may wait goes along with whatever is sent anyway.
        var mayTransmit = _state is SctpState.Established or SctpState.ShutdownPending or SctpState.ShutdownReceived;
        if (_receiver.IsAckDue || (_receiver.HasUnacknowledged && mayTransmit && _sender.IsReady(now)))
        {
            _receiver.Write(ref writer);
        }

        WriteShutdown(ref writer, now);
        if (mayTransmit)
        {
            _resets.Write(ref writer, now);
            _sender.Write(ref writer, now);
        }

        return writer.IsEmpty ? 0 : Finish(writer);
    }

    /// <summary>Does what is due.</summary>
    public void Timeout(long now)
    {
        if (_timers.Take(TimerKind.Handshake, now) && !CountError())
        {
            _sender.BackOff();
            _isHandshakeDue = true;
        }

        if (_timers.Take(TimerKind.Shutdown, now) && !CountError())
        {
            _sender.BackOff();
            _isShutdownDue = true;
        }

        if (_timers.Take(TimerKind.Retransmission, now) && !CountError())
        {
            if (_errors > 1 && _path.FallBack(now))
            {
                _sender.Congestion.PacketSize = _path.Size;
            }

            _sender.TimeOut();
        }

        if (_timers.Take(TimerKind.Reordering, now))
        {
            _sender.DetectLosses(now);
        }

        if (_timers.Take(TimerKind.TailProbe, now))
        {
            _sender.Probe();
        }

        _timers.Take(TimerKind.Pacing, now);
        if (_timers.Take(TimerKind.Acknowledgement, now))
        {
            _receiver.AcknowledgeNow();
        }

        if (_timers.Take(TimerKind.Heartbeat, now))
        {
            CheckLife(now);
        }

        if (_timers.Take(TimerKind.PathSearch, now))
        {
            _path.TimeOut(now);
        }

        if (_timers.Take(TimerKind.StreamReset, now))
        {
            // Not counted: a peer that knows everything but resets is not gone, and they come to an end by themselves.
            _sender.BackOff();
            _resets.TimeOut();
        }
    }

    /// <summary>Takes the next event.</summary>
    public bool TryReadEvent(out SctpEvent next) => _events.TryTake(out next);

    /// <summary>Copies a message, to be sent.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="ppid">What it is to the protocol above.</param>
    /// <param name="message">1 byte to 64 MiB.</param>
    /// <param name="reliability">How it is sent.</param>
    /// <param name="now">The time.</param>
    /// <param name="isUrgent">Whether it is taken although there is no room: for the few messages that channels send on their own.</param>
    public SctpSendResult TrySend(ushort stream, uint ppid, ReadOnlySpan<byte> message, Reliability reliability, long now, bool isUrgent = false)
    {
        ArgumentOutOfRangeException.ThrowIfZero(message.Length);
        return IsConnected && stream < PeerStreams ? _sender.TrySend(stream, ppid, message, reliability, now, isUrgent) : SctpSendResult.NotOpen;
    }

    /// <summary>Gives the memory of a message back; the window opens.</summary>
    public void Return(in ReceivedMessage message) => _receiver.Return(message);

    /// <summary>Resets this end's stream after what was sent on it has been delivered (RFC 6525).</summary>
    public void ResetOutgoing(ushort stream)
    {
        if (IsConnected && (Features & SctpFeatures.StreamReset) != 0)
        {
            _resets.Add(stream);
        }
        else
        {
            _events.Add(new SctpEvent(SctpEventKind.OutgoingResetRefused, stream));
        }
    }

    /// <summary>Says that the path to the peer is another: its size and its speed are found out anew.</summary>
    public void PathChanged()
    {
        if (IsConnected)
        {
            _path.Start();
            _sender.Forget(_path.Size);
        }
    }

    /// <summary>Ends after everything that was taken has been delivered.</summary>
    public void Shutdown(long now)
    {
        if (_state == SctpState.Established)
        {
            _state = SctpState.ShutdownPending;
            _path.Stop();
            Progress(now);
        }
        else if (_state is SctpState.Closed or SctpState.CookieWait or SctpState.CookieEchoed)
        {
            Abort();
        }
    }

    /// <summary>Ends at once; one packet says so.</summary>
    public void Abort() => End(SctpEndReason.AbortedHere);

    private PacketWriter Begin(Span<byte> packet) => new(packet, _settings.LocalPort, _remotePort, _handshake.PeerTag);

    private int Finish(in PacketWriter packet) => packet.Finish(_settings.ZeroChecksum && (Features & SctpFeatures.ZeroChecksum) != 0);

    /// <summary>A checksum may be missing if this end said so, but not in what sets the association up.</summary>
    private bool HasValidChecksum(ReadOnlySpan<byte> packet, in PacketHeader header, byte first) =>
        (header.Checksum == 0 && _settings.ZeroChecksum && first is not (ChunkType.Init or ChunkType.CookieEcho)) || header.Checksum == Crc32c.Of(packet);

    private void BeginHandshake(long now)
    {
        _isHandshakeDue = true;
        _timers.Set(TimerKind.Handshake, now + _sender.Rtt.Timeout);
    }

    private int WriteHandshake(ref PacketWriter writer, long now)
    {
        if (!_isHandshakeDue)
        {
            return 0;
        }

        _isHandshakeDue = false;
        _timers.Set(TimerKind.Handshake, now + _sender.Rtt.Timeout);
        if (_state == SctpState.CookieWait)
        {
            _handshake.WriteInit(ref writer);
        }
        else
        {
            _handshake.WriteCookieEcho(ref writer);
        }

        return writer.Finish(zeroChecksum: false);
    }

    /// <summary>Keeps a packet of one chunk, to be sent before all others, in place of the one that was kept before.</summary>
    private void Keep(in PacketWriter packet) => _singleLength = packet.Finish(zeroChecksum: false);

    /// <summary>Goes on with the end, once everything has been delivered.</summary>
    private void Progress(long now)
    {
        if (_state is SctpState.ShutdownPending or SctpState.ShutdownReceived && _sender.IsDone)
        {
            _state = _state == SctpState.ShutdownPending ? SctpState.ShutdownSent : SctpState.ShutdownAckSent;
            _isShutdownDue = true;
            _timers.Set(TimerKind.Shutdown, now + _sender.Rtt.Timeout);
        }
    }

    private void WriteShutdown(ref PacketWriter writer, long now)
    {
        if (!_isShutdownDue || writer.Room < Chunk.HeaderSize + sizeof(uint))
        {
            return;
        }

        _isShutdownDue = false;
        _timers.Set(TimerKind.Shutdown, now + _sender.Rtt.Timeout);
        if (_state == SctpState.ShutdownSent)
        {
            BinaryPrimitives.WriteUInt32BigEndian(writer.Add(ChunkType.Shutdown, 0, sizeof(uint)), _receiver.Cumulative);
        }
        else
        {
            writer.Add(ChunkType.ShutdownAck, 0, 0);
        }
    }

    /// <summary>Asks for a sign of life when the peer has been silent, and counts those that are missing.</summary>
    private void CheckLife(long now)
    {
        if (now - _heardAt < _settings.HeartbeatInterval)
        {
            _hasUnansweredHeartbeat = false;
            _timers.Set(TimerKind.Heartbeat, _heardAt + _settings.HeartbeatInterval);
            return;
        }

        if (_hasUnansweredHeartbeat)
        {
            if (CountError())
            {
                return;
            }

            _sender.BackOff();
        }

        _pool.Trim();
        _isHeartbeatDue = true;
    }

    /// <summary>Counts an answer that is missing; true if that was one too many.</summary>
    private bool CountError()
    {
        if (++_errors <= _settings.MaxRetransmissions)
        {
            return false;
        }

        End(SctpEndReason.TimedOut);
        return true;
    }

    /// <summary>Ends, and tells the peer.</summary>
    private void End(SctpEndReason reason)
    {
        if (_state is not (SctpState.Ended or SctpState.Closed or SctpState.CookieWait))
        {
            var packet = new PacketWriter(_single, _settings.LocalPort, _remotePort, _handshake.PeerTag);
            var cause = reason switch
            {
                SctpEndReason.ProtocolViolation => ErrorCause.ProtocolViolation,
                SctpEndReason.MessageTooLarge or SctpEndReason.OutOfResources => ErrorCause.OutOfResource,
                _ => ErrorCause.UserAbort,
            };
            Parameter.Write(packet.Add(ChunkType.Abort, 0, Parameter.HeaderSize), cause, 0);
            Keep(packet);
        }

        Finish(reason);
    }

    private void Finish(SctpEndReason reason)
    {
        if (_state != SctpState.Ended)
        {
            _state = SctpState.Ended;
            _isShutdown = reason == SctpEndReason.Shutdown;
            _timers.ClearAll();
            _path.Stop();
            _events.Add(new SctpEvent(SctpEventKind.Ended, Reason: reason));
        }
    }
}
