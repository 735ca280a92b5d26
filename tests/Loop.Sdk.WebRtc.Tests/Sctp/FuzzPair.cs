using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Two associations brought to some state, and packets of theirs that were changed.</summary>
internal sealed class FuzzPair
{
    private const int MaxPackets = 3_000;

    private static readonly byte[] Types =
    [
        ChunkType.Data, ChunkType.Init, ChunkType.InitAck, ChunkType.Sack, ChunkType.Heartbeat, ChunkType.HeartbeatAck, ChunkType.Abort, ChunkType.Shutdown, ChunkType.ShutdownAck,
        ChunkType.Error, ChunkType.CookieEcho, ChunkType.CookieAck, ChunkType.ShutdownComplete, ChunkType.IData, ChunkType.ReConfig, ChunkType.Pad, ChunkType.ForwardTsn,
        ChunkType.IForwardTsn, 33, 77, 150, 222,
    ];

    private readonly Random _random;
    private readonly SctpAssociation _a;
    private readonly SctpAssociation _b;
    private readonly byte[] _packet = new byte[16_384];
    private readonly List<byte[]> _toA = [];
    private readonly List<byte[]> _toB = [];
    private readonly List<ReceivedMessage> _unread = [];
    private long _now = 1_000_000;

    public FuzzPair(int seed)
    {
        _random = new Random(seed);
        _a = new SctpAssociation(Settings());
        _b = new SctpAssociation(Settings());
    }

    /// <summary>Why the attacked one ended.</summary>
    public SctpEndReason Reason { get; private set; }

    public void Prepare()
    {
        _a.Connect(5000, _now);
        if (_random.Next(2) == 0)
        {
            _b.Connect(5000, _now);
        }

        for (var steps = _random.Next(20); steps > 0; steps--)
        {
            Move(_a, _b, _toB);
            Move(_b, _a, _toA);
            Act(_random.Next(2) == 0 ? _a : _b);
        }
    }

    /// <summary>Gives the second one a packet that it should not get, and lets it do whatever it does then.</summary>
    public void Attack()
    {
        var length = Make();
        if (_random.Next(10) > 0)
        {
            // With the right tag and checksum it gets further.
            if (_toB.Count > 0)
            {
                _toB[^1].AsSpan(4, 4).CopyTo(_packet.AsSpan(4));
            }

            Crc32c.Write(_packet.AsSpan(0, Math.Max(length, PacketHeader.Size)));
        }

        _b.Receive(_packet.AsSpan(0, length), _now);
        for (var count = 0; _b.Write(_packet, _now) > 0; count++)
        {
            Assert.IsTrue(count < MaxPackets, "It sends for ever.");
        }

        Drain(_b);
        if (_random.Next(4) == 0 && _b.NextTimeout < long.MaxValue)
        {
            _now = Math.Max(_now, _b.NextTimeout);
            _b.Timeout(_now);
        }

        Act(_b);
    }

    private SctpSettings Settings() => new()
    {
        Random = _random.NextBytes,
        ReceiveBuffer = 70_000,
        MaxMessageSize = 65_536,
        MaxPacketSize = 1184,
        MaxStreams = 50,
        Interleaving = _random.Next(2) == 0,
        ZeroChecksum = _random.Next(2) == 0,
    };

    private void Act(SctpAssociation association)
    {
        var stream = (ushort)_random.Next(4);
        switch (_random.Next(12))
        {
            case < 6:
                association.TrySend(stream, 53, new byte[_random.Next(1, 5_000)], new Reliability(_random.Next(2) == 0, _random.Next(-1, 2), -1), _now);
                break;
            case 6:
                association.ResetOutgoing(stream);
                break;
            case 7 when _random.Next(10) == 0:
                association.Shutdown(_now);
                break;
            case 8:
                association.PathChanged();
                break;
        }
    }

    private void Move(SctpAssociation from, SctpAssociation to, List<byte[]> packets)
    {
        for (var count = _random.Next(8); count > 0; count--)
        {
            var length = from.Write(_packet, _now);
            if (length == 0)
            {
                break;
            }

            _now += 100;
            packets.Add(_packet[..length]);
            if (_random.Next(10) > 0)
            {
                to.Receive(packets[^1], _now);
                Drain(to);
            }
        }
    }

    private void Drain(SctpAssociation association)
    {
        while (association.TryReadEvent(out var next))
        {
            if (next.Kind == SctpEventKind.Message)
            {
                if (association == _b && _random.Next(2) == 0)
                {
                    _unread.Add(next.Message);
                }
                else
                {
                    association.Return(next.Message);
                }
            }

            Reason = association == _b && next.Kind == SctpEventKind.Ended ? next.Reason : Reason;
        }

        Assert.IsTrue(_unread.Sum(message => (long)message.Block.Length) < 4 * 70_000, "It takes more than it has room for.");
    }

    private int Make()
    {
        var length = PacketHeader.Size;
        if (_toB.Count > 0 && _random.Next(4) > 0)
        {
            var known = _toB[_random.Next(_toB.Count)];
            known.CopyTo(_packet, 0);
            length = known.Length;
            for (var changes = _random.Next(4); changes > 0; changes--)
            {
                length = Change(length);
            }

            return length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_packet, 5000);
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), 5000);
        for (var chunks = _random.Next(1, 6); chunks > 0; chunks--)
        {
            length = AddChunk(length);
        }

        return length;
    }

    private int Change(int length)
    {
        switch (_random.Next(5))
        {
            case 0:
                return _random.Next(length + 1);
            case 1 when length > PacketHeader.Size + 4:
                BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(PacketHeader.Size + 2), (ushort)_random.Next(length));
                return length;
            case 2 when length < 1300:
                return AddChunk((length + 3) & ~3);
            default:
                if (length > PacketHeader.Size)
                {
                    _packet[_random.Next(PacketHeader.Size, length)] ^= (byte)(1 << _random.Next(8));
                }

                return length;
        }
    }

    private int AddChunk(int at)
    {
        var size = _random.Next(4, 60);
        var chunk = _packet.AsSpan(at, size);
        _random.NextBytes(chunk);
        chunk[0] = Types[_random.Next(Types.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], (ushort)size);
        if (_toB.Count > 0 && _random.Next(2) == 0 && size >= 8)
        {
            // Numbers near those in use.
            var known = _toB[_random.Next(_toB.Count)];
            if (known.Length >= 20)
            {
                BinaryPrimitives.WriteUInt32BigEndian(chunk[4..], BinaryPrimitives.ReadUInt32BigEndian(known.AsSpan(16)) + (uint)_random.Next(-3, 40));
            }
        }

        return at + ((size + 3) & ~3);
    }
}
