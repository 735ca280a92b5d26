using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A DATA or I-DATA chunk: a fragment of a message.</summary>
internal readonly ref struct DataChunk
{
    /// <summary>With the chunk's header.</summary>
    public const int HeaderSize = 16;

    /// <summary>The same of I-DATA.</summary>
    public const int InterleavedHeaderSize = 20;

    private DataChunk(byte flags, uint tsn, ushort stream, uint number, uint position, uint ppid, ReadOnlySpan<byte> payload)
    {
        Flags = flags;
        Tsn = tsn;
        Stream = stream;
        Number = number;
        Position = position;
        Ppid = ppid;
        Payload = payload;
    }

    public byte Flags { get; }

    public uint Tsn { get; }

    public ushort Stream { get; }

    /// <summary>The message's number in the stream: 16 bits in DATA, where unordered messages have none.</summary>
    public uint Number { get; }

    /// <summary>Which fragment of its message it is: one after the other. DATA knows only the TSN.</summary>
    public uint Position { get; }

    /// <summary>What the message is; of I-DATA only in the first fragment.</summary>
    public uint Ppid { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public bool IsBegin => (Flags & ChunkFlags.Begin) != 0;

    public bool IsEnd => (Flags & ChunkFlags.End) != 0;

    public bool IsUnordered => (Flags & ChunkFlags.Unordered) != 0;

    public bool IsImmediate => (Flags & ChunkFlags.Immediate) != 0;

    /// <summary>Reads it; false if it is too short to have a header. The payload may be empty.</summary>
    public static bool TryRead(in Chunk chunk, out DataChunk data)
    {
        data = default;
        var value = chunk.Value;
        if (chunk.Type == ChunkType.Data)
        {
            if (value.Length < HeaderSize - Chunk.HeaderSize)
            {
                return false;
            }

            var tsn = BinaryPrimitives.ReadUInt32BigEndian(value);
            data = new DataChunk(
                chunk.Flags,
                tsn,
                BinaryPrimitives.ReadUInt16BigEndian(value[4..]),
                (chunk.Flags & ChunkFlags.Unordered) != 0 ? 0u : BinaryPrimitives.ReadUInt16BigEndian(value[6..]),
                tsn,
                BinaryPrimitives.ReadUInt32BigEndian(value[8..]),
                value[12..]);
            return true;
        }

        if (value.Length < InterleavedHeaderSize - Chunk.HeaderSize)
        {
            return false;
        }

        var begin = (chunk.Flags & ChunkFlags.Begin) != 0;
        var last = BinaryPrimitives.ReadUInt32BigEndian(value[12..]);
        data = new DataChunk(
            chunk.Flags,
            BinaryPrimitives.ReadUInt32BigEndian(value),
            BinaryPrimitives.ReadUInt16BigEndian(value[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(value[8..]),
            begin ? 0 : last,
            begin ? last : 0,
            value[16..]);
        return true;
    }

    /// <summary>Writes a DATA chunk's header; gives back where the payload goes.</summary>
    public static Span<byte> Write(ref PacketWriter packet, byte flags, uint tsn, ushort stream, ushort number, uint ppid, int length)
    {
        var value = packet.Add(ChunkType.Data, flags, HeaderSize - Chunk.HeaderSize + length);
        BinaryPrimitives.WriteUInt32BigEndian(value, tsn);
        BinaryPrimitives.WriteUInt16BigEndian(value[4..], stream);
        BinaryPrimitives.WriteUInt16BigEndian(value[6..], number);
        BinaryPrimitives.WriteUInt32BigEndian(value[8..], ppid);
        return value[12..];
    }

    /// <summary>Writes an I-DATA chunk's header; gives back where the payload goes.</summary>
    public static Span<byte> WriteInterleaved(ref PacketWriter packet, byte flags, uint tsn, ushort stream, uint number, uint ppidOrPosition, int length)
    {
        var value = packet.Add(ChunkType.IData, flags, InterleavedHeaderSize - Chunk.HeaderSize + length);
        BinaryPrimitives.WriteUInt32BigEndian(value, tsn);
        BinaryPrimitives.WriteUInt16BigEndian(value[4..], stream);
        BinaryPrimitives.WriteUInt16BigEndian(value[6..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(value[8..], number);
        BinaryPrimitives.WriteUInt32BigEndian(value[12..], ppidOrPosition);
        return value[16..];
    }
}
