using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The receiving half of an association: what has come, and when that is acknowledged.</summary>
internal sealed class Receiver(SctpSettings settings, Reassembly reassembly, TimerSet timers)
{
    /// <summary>How long an acknowledgement may be held back, in microseconds.</summary>
    private const long MaxDelay = 20_000;

    /// <summary>How many packets are acknowledged together.</summary>
    private const int PacketsPerAck = 2;

    private readonly TsnTracker _tsns = new();
    private int _packets;
    private bool _hasData;
    private bool _isAtOnce;
    private uint _announced;

    /// <summary>Whether an acknowledgement is to be sent now.</summary>
    public bool IsAckDue { get; private set; }

    /// <summary>Whether one may go along with a packet that is sent anyway.</summary>
    public bool HasUnacknowledged => IsAckDue || _packets > 0;

    public uint Cumulative => _tsns.Cumulative;

    public void Reset(uint initialTsn)
    {
        _tsns.Reset(initialTsn);
        _packets = 0;
        _hasData = _isAtOnce = IsAckDue = false;
        _announced = (uint)settings.ReceiveBuffer;
    }

    /// <summary>Takes a fragment.</summary>
    public SctpEndReason Add(in DataChunk data)
    {
        _hasData = true;
        if (!_tsns.IsNew(data.Tsn))
        {
            _isAtOnce = true;
            _tsns.AddDuplicate(data.Tsn);
            return SctpEndReason.None;
        }

        if (data.Payload.IsEmpty)
        {
            return SctpEndReason.ProtocolViolation;
        }

        var fillsGap = data.Tsn == _tsns.Cumulative + 1;
        if (!reassembly.HasRoom(fillsGap))
        {
            // Not noted, so the peer sends it again when there is room.
            _isAtOnce = true;
            return fillsGap && reassembly.IsStuck ? SctpEndReason.OutOfResources : SctpEndReason.None;
        }

        _isAtOnce |= data.IsImmediate || _tsns.HasGap;
        _tsns.Add(data.Tsn);
        _isAtOnce |= _tsns.HasGap;
        return reassembly.Add(data);
    }

    /// <summary>Takes a FORWARD TSN or I-FORWARD TSN: the peer has given something up.</summary>
    public SctpEndReason Forward(ReadOnlySpan<byte> value, bool interleaved)
    {
        if (value.Length < sizeof(uint))
        {
            return SctpEndReason.None;
        }

        _hasData = _isAtOnce = true;
        var tsn = BinaryPrimitives.ReadUInt32BigEndian(value);
        var ahead = SerialNumber.Distance(tsn, _tsns.Cumulative);
        if (ahead is <= 0 or >= TsnTracker.Window)
        {
            return SctpEndReason.None;
        }

        _tsns.Forward(tsn);
        if (!interleaved)
        {
            reassembly.SkipUnordered(tsn);
        }

        const int pairSize = 4;
        const int interleavedPairSize = 8;
        value = value[sizeof(uint)..];
        for (var size = interleaved ? interleavedPairSize : pairSize; value.Length >= size; value = value[size..])
        {
            var stream = BinaryPrimitives.ReadUInt16BigEndian(value);
            var end = SctpEndReason.None;
            if (!interleaved)
            {
                end = reassembly.SkipOrdered(stream, BinaryPrimitives.ReadUInt16BigEndian(value[2..]));
            }
            else if ((value[3] & 1) != 0)
            {
                reassembly.SkipUnordered(stream, BinaryPrimitives.ReadUInt32BigEndian(value[4..]));
            }
            else
            {
                end = reassembly.SkipOrdered(stream, BinaryPrimitives.ReadUInt32BigEndian(value[4..]));
            }

            if (end != SctpEndReason.None)
            {
                return end;
            }
        }

        return SctpEndReason.None;
    }

    /// <summary>A packet has been taken: decides when what was in it is acknowledged.</summary>
    public void EndPacket(long now)
    {
        if (!_hasData)
        {
            return;
        }

        _hasData = false;
        _packets++;
        if (_isAtOnce || _packets >= PacketsPerAck)
        {
            IsAckDue = true;
        }
        else if (!timers.IsSet(TimerKind.Acknowledgement))
        {
            timers.Set(TimerKind.Acknowledgement, now + MaxDelay);
        }
    }

    /// <summary>Acknowledges now: it waited long enough, or the peer is to know something.</summary>
    public void AcknowledgeNow() => IsAckDue = true;

    /// <summary>Takes a message back, and tells the peer if that makes a difference to it.</summary>
    public void Return(in ReceivedMessage message)
    {
        reassembly.Return(message);

        // What the peer was told last is used up in part: so it counts only if it was little.
        var window = reassembly.Window;
        if (_announced < settings.ReceiveBuffer / 2 && window > _announced && window - _announced >= settings.ReceiveBuffer / 4)
        {
            IsAckDue = true;
        }
    }

    /// <summary>Writes the acknowledgement, if there is room.</summary>
    public void Write(ref PacketWriter packet)
    {
        var window = reassembly.Window;
        if (!_tsns.TryWrite(ref packet, window))
        {
            return;
        }

        _announced = window;
        _packets = 0;
        _isAtOnce = IsAckDue = false;
        timers.Clear(TimerKind.Acknowledgement);
    }
}
