using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The sending half of an association: cuts messages into chunks, sends what was lost again, and gives up what is not worth it any more.</summary>
internal sealed class Sender
{
    /// <summary>A message is cut only if at least so much of it goes along in a packet that is not empty.</summary>
    private const int MinPiece = 256;

    /// <summary>How much later than two round trips a probe is sent, in microseconds.</summary>
    private const long ProbeSlack = 5_000;
    private const int LongestUnlimited = int.MaxValue;

    private readonly SctpSettings _settings;
    private readonly EventQueue<SctpEvent> _events;
    private readonly TimerSet _timers;
    private readonly OutMessageTable _messages = new();
    private readonly SendQueue _queue;
    private readonly SentRing _sent = new();
    private readonly SentBlocks _blocks = new();
    private readonly DeliveryRate _rate = new();
    private readonly LossDetector _losses;
    private readonly ForwardTsn _forward;
    private uint _packet;
    private long _peerWindow;
    private bool _wasBlocked;
    private bool _isProbing;
    private bool _wantsRoom;

    public Sender(SctpSettings settings, BlockPool pool, EventQueue<SctpEvent> events, TimerSet timers)
    {
        _settings = settings;
        _events = events;
        _timers = timers;
        _queue = new SendQueue(pool, _messages);
        _losses = new LossDetector(_sent, timers);
        _forward = new ForwardTsn(_sent, _messages);
        Congestion = new CongestionControl(settings.InitialPacketSize);
    }

    public CongestionControl Congestion { get; }

    /// <summary>The round trip and the retransmission timeout, which all timers of the association use.</summary>
    public RttEstimator Rtt { get; private set; }

    public SctpFeatures Features { get; private set; }

    /// <summary>Bytes that wait to be sent for the first time.</summary>
    public long Buffered => _queue.Buffered;

    /// <summary>Whether everything was delivered.</summary>
    public bool IsDone => _queue.Buffered == 0 && _sent.Count == 0;

    /// <summary>Everything up to this TSN was delivered.</summary>
    public uint Cumulative => _sent.Cumulative;

    /// <summary>Bytes under way.</summary>
    public long InFlight => _sent.InFlight;

    /// <summary>The size of a packet for the chunk that is to be sent next, which may have been cut for a larger path.</summary>
    public int RequiredSize => _sent.HasLost ? PacketHeader.Size + HeaderSize + Chunk.Padded(_sent[_sent.FirstLost].Length) : 0;

    private bool IsInterleaved => (Features & SctpFeatures.Interleaving) != 0;

    private int HeaderSize => IsInterleaved ? DataChunk.InterleavedHeaderSize : DataChunk.HeaderSize;

    /// <summary>Begins, or begins anew: what was under way is gone.</summary>
    public void Reset(uint initialTsn, uint peerWindow, SctpFeatures features)
    {
        _queue.Clear();
        _messages.Clear();
        _sent.Reset(initialTsn);
        _blocks.Clear();
        _rate.Reset();
        _losses.Reset();
        _forward.Reset(initialTsn - 1);
        _peerWindow = peerWindow;
        _isProbing = _wasBlocked = false;
        Rtt = default;
        Features = features;
        _queue.IsInterleaved = IsInterleaved;
        _queue.MaxBegun = peerWindow / 2;
        _forward.IsInterleaved = IsInterleaved;
        Congestion.Reset(_settings.InitialPacketSize);
    }

    /// <summary>The path is another.</summary>
    public void Forget(int packetSize)
    {
        Congestion.Reset(packetSize);
        Rtt = default;
    }

    public void AddRtt(long rtt)
    {
        var estimator = Rtt;
        estimator.Add(rtt);
        estimator.EndBackOff();
        Rtt = estimator;
    }

    public void BackOff()
    {
        var estimator = Rtt;
        estimator.BackOff();
        Rtt = estimator;
    }

    public SctpSendResult TrySend(ushort id, uint ppid, ReadOnlySpan<byte> message, Reliability reliability, long now, bool isUrgent)
    {
        var stream = _queue.Stream(id);
        if (stream.IsEnding)
        {
            return SctpSendResult.NotOpen;
        }

        if (_queue.Buffered >= _settings.SendBuffer && !isUrgent)
        {
            _wantsRoom = true;
            return SctpSendResult.NoRoom;
        }

        if ((Features & SctpFeatures.PartialReliability) == 0)
        {
            reliability = reliability with { MaxRetransmits = -1, Lifetime = -1 };
        }

        _queue.Add(stream, ppid, message, reliability, reliability.Lifetime < 0 ? long.MaxValue : now + reliability.Lifetime);
        return SctpSendResult.Taken;
    }

    public long BufferedOf(ushort stream) => _queue.Find(stream)?.Buffered ?? 0;

    public bool IsInUse(ushort stream) => _queue.Find(stream) is not null;

    /// <summary>Lets a stream take nothing more.</summary>
    public void EndStream(ushort stream) => _queue.Stream(stream).IsEnding = true;

    /// <summary>Whether everything on a stream was delivered or given up.</summary>
    public bool IsDelivered(ushort stream) =>
        _queue.Find(stream) is not { } found || (found.First == OutMessageTable.None && (!found.IsUsed || SerialNumber.IsAtOrBefore(found.LastTsn, _sent.Cumulative)));

    /// <summary>A stream begins anew.</summary>
    public void ResetStream(ushort stream) => _queue.Remove(stream);

    /// <summary>Takes a SACK; false if it is malformed or says what cannot be.</summary>
    public bool Acknowledge(ReadOnlySpan<byte> value, long now)
    {
        const int fixedSize = 12;
        if (value.Length < fixedSize)
        {
            return false;
        }

        var cumulative = BinaryPrimitives.ReadUInt32BigEndian(value);
        int gaps = BinaryPrimitives.ReadUInt16BigEndian(value[8..]);
        int duplicates = BinaryPrimitives.ReadUInt16BigEndian(value[10..]);
        if (sizeof(uint) * (gaps + duplicates) > value.Length - fixedSize || !SerialNumber.IsAfter(_sent.Next, cumulative))
        {
            return false;
        }

        if (SerialNumber.IsAfter(_sent.Cumulative, cumulative))
        {
            return true;
        }

        _peerWindow = BinaryPrimitives.ReadUInt32BigEndian(value[4..]);
        var delivered = _rate.Delivered;
        _rate.BeginAck();
        var hasAdvanced = AcknowledgeCumulative(cumulative, now);
        AcknowledgeGaps(value.Slice(fixedSize, sizeof(uint) * gaps), now);
        if (duplicates > 0)
        {
            _losses.AddMistake();
        }

        Conclude(delivered, hasAdvanced, now);
        return true;
    }

    /// <summary>Takes the cumulative acknowledgement of a SHUTDOWN.</summary>
    public void AcknowledgeShutdown(uint cumulative, long now)
    {
        if (SerialNumber.IsAfter(_sent.Next, cumulative) && SerialNumber.IsAfter(cumulative, _sent.Cumulative))
        {
            var delivered = _rate.Delivered;
            _rate.BeginAck();
            Conclude(delivered, AcknowledgeCumulative(cumulative, now), now);
        }
    }

    /// <summary>T3 has run out: everything is taken for lost.</summary>
    public void TimeOut()
    {
        BackOff();
        while (_sent.HasInFlight)
        {
            _sent.Move(_sent.Oldest, SentState.Lost);
        }

        _isProbing = false;
        _timers.Clear(TimerKind.TailProbe);
        _timers.Clear(TimerKind.Reordering);
        Congestion.Collapse();
        _forward.Repeat();
    }

    /// <summary>What was overtaken is overdue.</summary>
    public void DetectLosses(long now) => ReportLosses(_losses.Detect(now, Congestion.MinRtt, Rtt.Smoothed), now);

    /// <summary>The end of a flight may be lost.</summary>
    public void Probe()
    {
        _isProbing = _sent.HasInFlight;
        _forward.Repeat();
    }

    /// <summary>Whether there is something that may be sent now.</summary>
    public bool IsReady(long now) => (_sent.HasLost || _queue.Buffered > 0) && MaySend(now);

    /// <summary>Fills a packet with what may be sent now.</summary>
    public void Write(ref PacketWriter packet, long now)
    {
        var begun = packet.Length;
        if (_forward.IsDue && _forward.TryWrite(ref packet))
        {
            _timers.Set(TimerKind.TailProbe, now + (2 * Rtt.Smoothed) + ProbeSlack);
        }

        _packet++;
        var written = WriteLost(ref packet, now);
        written += WriteNew(ref packet, now);
        if (_isProbing && written == 0)
        {
            written = WriteProbe(ref packet, now);
        }

        if (written > 0)
        {
            _isProbing = false;
            Congestion.Leave(packet.Length - begun);
            _timers.Set(TimerKind.TailProbe, TailProbeAt(now));
            if (!_timers.IsSet(TimerKind.Retransmission))
            {
                _timers.Set(TimerKind.Retransmission, now + Rtt.Timeout);
            }
        }

        if (_wantsRoom && _queue.Buffered <= _settings.SendBuffer / 2)
        {
            _wantsRoom = false;
            _events.Add(new SctpEvent(SctpEventKind.Writable));
        }
    }

    private bool AcknowledgeCumulative(uint cumulative, long now)
    {
        var hasAdvanced = cumulative != _sent.Cumulative;
        while (cumulative != _sent.Cumulative)
        {
            var tsn = _sent.Cumulative + 1;
            Deliver(tsn, now);
            _queue.Release(_sent[tsn].Message);
            _sent.RemoveFirst();
        }

        // What comes next was acknowledged before and is not any more: the peer threw it away, and perhaps more (RFC 9260, section 6.2.1).
        if (_sent.Count > 0 && _sent[_sent.Cumulative + 1].State == SentState.Acknowledged)
        {
            _blocks.Clear();
            for (var tsn = _sent.Cumulative + 1; tsn != _sent.Next; tsn++)
            {
                if (_sent[tsn].State == SentState.Acknowledged)
                {
                    _sent.Move(tsn, SentState.Lost);
                }
            }
        }

        return hasAdvanced;
    }

    private void AcknowledgeGaps(ReadOnlySpan<byte> gaps, long now)
    {
        _blocks.Begin();
        var previous = _sent.Cumulative;
        for (; !gaps.IsEmpty; gaps = gaps[sizeof(uint)..])
        {
            var first = _sent.Cumulative + BinaryPrimitives.ReadUInt16BigEndian(gaps);
            var last = _sent.Cumulative + BinaryPrimitives.ReadUInt16BigEndian(gaps[2..]);
            if (!SerialNumber.IsAfter(first, previous) || SerialNumber.IsAfter(first, last) || !SerialNumber.IsAfter(_sent.Next, last))
            {
                break;
            }

            _blocks.Add(first, last);
            previous = last;
            for (var tsn = first; _blocks.TryTakeNew(ref tsn, last, out var newLast);)
            {
                for (; SerialNumber.IsAtOrBefore(tsn, newLast); tsn++)
                {
                    Deliver(tsn, now);
                }
            }
        }

        _blocks.End();
    }

    private void Deliver(uint tsn, long now)
    {
        ref var chunk = ref _sent[tsn];
        switch (chunk.State)
        {
            case SentState.InFlight:
                _rate.Deliver(chunk, now);
                _losses.Deliver(chunk, now, Congestion.MinRtt);
                _sent.Move(tsn, SentState.Acknowledged);
                break;
            case SentState.Lost:
                _rate.Deliver(chunk, now);
                _losses.AddMistake();
                _sent.Move(tsn, SentState.Acknowledged);
                break;
        }
    }

    private void Conclude(long deliveredBefore, bool hasAdvanced, long now)
    {
        var acked = _rate.Delivered - deliveredBefore;
        if (acked > 0)
        {
            var rate = _rate.EndAck(now);
            if (_rate.Rtt > 0)
            {
                AddRtt(_rate.Rtt);
            }

            var lost = _losses.Detect(now, Congestion.MinRtt, Rtt.Smoothed);
            Congestion.Add(new AckSample
            {
                Now = now,
                Acked = acked,
                Lost = lost,
                Delivered = _rate.Delivered,
                PriorDelivered = _rate.PriorDelivered,
                Rate = rate,
                IsAppLimited = _rate.WasAppLimited,
                Rtt = _rate.Rtt,
                IsWindowLimited = _wasBlocked,
            });
            _wasBlocked = false;
            _isProbing = false;
            _timers.Set(TimerKind.TailProbe, TailProbeAt(now));
        }

        _forward.Advance();
        if (_sent.Count == 0)
        {
            _timers.Clear(TimerKind.Retransmission);
        }
        else if (hasAdvanced)
        {
            var estimator = Rtt;
            estimator.EndBackOff();
            Rtt = estimator;
            _timers.Set(TimerKind.Retransmission, now + Rtt.Timeout);
        }
    }

    private void ReportLosses(long lost, long now)
    {
        if (lost > 0)
        {
            Congestion.Add(new AckSample
            {
                Now = now,
                Acked = 0,
                Lost = lost,
                Delivered = _rate.Delivered,
                PriorDelivered = -1,
                Rate = 0,
                IsAppLimited = false,
                Rtt = 0,
                IsWindowLimited = false,
            });
        }
    }

    private long TailProbeAt(long now)
    {
        const long heldBack = 20_000;
        if (!_sent.HasInFlight || Rtt.Smoothed == 0)
        {
            return long.MaxValue;
        }

        var alone = _sent[_sent.Oldest].Packet == _sent[_sent.Newest].Packet;
        return now + (2 * Rtt.Smoothed) + ProbeSlack + (alone ? heldBack : 0);
    }

    /// <summary>Whether the window and the pace allow more, at the beginning of a packet.</summary>
    private bool MaySend(long now)
    {
        if (_sent.InFlight >= Congestion.Window && _sent.HasInFlight)
        {
            _wasBlocked = true;
            return false;
        }

        if (Congestion.MayLeave(now, out var when))
        {
            return true;
        }

        _wasBlocked = true;
        _timers.Set(TimerKind.Pacing, when);
        return false;
    }

    private int WriteLost(ref PacketWriter packet, long now)
    {
        var written = 0;
        while (_sent.HasLost)
        {
            var tsn = _sent.FirstLost;
            ref var chunk = ref _sent[tsn];
            ref var message = ref _messages[chunk.Message];
            if (!message.IsAbandoned && (message.Expires <= now || chunk.Transmissions > LimitOf(message)))
            {
                _queue.Abandon(chunk.Message);
            }

            if (message.IsAbandoned)
            {
                _sent.Move(tsn, SentState.Abandoned);
                _forward.Advance();
                continue;
            }

            if (HeaderSize + Chunk.Padded(chunk.Length) > packet.Room || (written == 0 && !MaySend(now)))
            {
                break;
            }

            _sent.Move(tsn, SentState.InFlight);
            Transmit(ref packet, tsn, isAlone: false, now);
            written++;
        }

        return written;
    }

    private int WriteNew(ref PacketWriter packet, long now)
    {
        var written = 0;
        while (!_sent.IsFull)
        {
            var index = _queue.Next(now);
            if (index == OutMessageTable.None)
            {
                if (!_sent.HasLost && _sent.InFlight < Congestion.Window)
                {
                    _rate.Limit(_sent.InFlight);
                }

                break;
            }

            ref var message = ref _messages[index];
            if (message.Expires <= now)
            {
                _queue.Abandon(index);
                _forward.Advance();
                continue;
            }

            var length = PieceOf(message, packet);
            var room = _peerWindow - _sent.InFlight;
            if (length == 0 || (written == 0 && !_isProbing && !MaySend(now)))
            {
                break;
            }

            if (length > room && _sent.Count > 0)
            {
                _rate.Limit(_sent.InFlight);
                break;
            }

            var chunk = new SentChunk
            {
                Message = index,
                Offset = message.Cut,
                Length = length,
                Fragment = message.Fragments,
                Packet = _packet,
                Flags = (byte)((message.Cut == 0 ? ChunkFlags.Begin : 0) | (message.Cut + length == message.Length ? ChunkFlags.End : 0)
                    | (message.Reliability.Unordered ? ChunkFlags.Unordered : 0)),
            };
            message.Stream.LastTsn = _sent.Next;
            message.Stream.IsUsed = true;
            _rate.Stamp(ref chunk, !_sent.HasInFlight, now);
            _queue.Cut(index, length);
            var tsn = _sent.Add(chunk);
            Copy(ref packet, tsn, isImmediate: _isProbing || (_sent.InFlight >= Congestion.Window && _sent.InFlight <= 4 * Congestion.PacketSize));
            written++;
        }

        return written;
    }

    /// <summary>How much of a message goes into a packet; 0 if it is better to begin another.</summary>
    private int PieceOf(in OutMessage message, in PacketWriter packet)
    {
        var rest = message.Length - message.Cut;
        var room = packet.Room - HeaderSize;
        if (Chunk.Padded(rest) <= room)
        {
            return rest;
        }

        var whole = Congestion.PacketSize - PacketHeader.Size - HeaderSize;
        return !packet.IsEmpty && (rest <= whole || room < MinPiece) ? 0 : room & ~3;
    }

    /// <summary>Sends the newest chunk again, so that the peer tells what it has.</summary>
    private int WriteProbe(ref PacketWriter packet, long now)
    {
        _isProbing = false;
        if (!_sent.HasInFlight)
        {
            return 0;
        }

        var tsn = _sent.Newest;
        ref var chunk = ref _sent[tsn];
        if (chunk.Transmissions > LimitOf(_messages[chunk.Message]) || HeaderSize + Chunk.Padded(chunk.Length) > packet.Room)
        {
            return 0;
        }

        _sent.Move(tsn, SentState.InFlight);
        Transmit(ref packet, tsn, isAlone: true, now);
        return 1;
    }

    private void Transmit(ref PacketWriter packet, uint tsn, bool isAlone, long now)
    {
        ref var chunk = ref _sent[tsn];
        chunk.Packet = _packet;
        _rate.Stamp(ref chunk, _sent.Oldest == tsn, now);
        Copy(ref packet, tsn, isAlone || _sent.InFlight >= Congestion.Window);
    }

    private void Copy(ref PacketWriter packet, uint tsn, bool isImmediate)
    {
        ref var chunk = ref _sent[tsn];
        ref var message = ref _messages[chunk.Message];
        chunk.Transmissions++;
        var flags = isImmediate ? (byte)(chunk.Flags | ChunkFlags.Immediate) : chunk.Flags;
        var payload = IsInterleaved
            ? DataChunk.WriteInterleaved(ref packet, flags, tsn, message.Stream.Id, message.Number, chunk.Fragment == 0 ? message.Ppid : chunk.Fragment, chunk.Length)
            : DataChunk.Write(ref packet, flags, tsn, message.Stream.Id, (ushort)message.Number, message.Ppid, chunk.Length);
        message.Block.AsSpan(chunk.Offset, chunk.Length).CopyTo(payload);
    }

    private static int LimitOf(in OutMessage message) => message.Reliability.MaxRetransmits < 0 ? LongestUnlimited : message.Reliability.MaxRetransmits;
}
