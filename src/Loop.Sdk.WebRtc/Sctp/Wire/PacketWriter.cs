using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Writes chunks into a packet.</summary>
internal ref struct PacketWriter
{
    private readonly Span<byte> _packet;

    /// <param name="packet">Where it goes; no more than this is written.</param>
    /// <param name="sourcePort">This end's port.</param>
    /// <param name="destinationPort">The peer's port.</param>
    /// <param name="tag">The peer's tag.</param>
    public PacketWriter(Span<byte> packet, ushort sourcePort, ushort destinationPort, uint tag)
    {
        _packet = packet;
        BinaryPrimitives.WriteUInt16BigEndian(packet, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], tag);
        BinaryPrimitives.WriteUInt32LittleEndian(packet[8..], 0);
        Length = PacketHeader.Size;
    }

    /// <summary>What was written.</summary>
    public int Length { get; private set; }

    /// <summary>What is left, for whole chunks.</summary>
    public readonly int Room => _packet.Length - Length;

    public readonly bool IsEmpty => Length == PacketHeader.Size;

    /// <summary>Writes a chunk's header and padding, for which there must be room; gives back where the value goes.</summary>
    public Span<byte> Add(byte type, byte flags, int valueLength)
    {
        var length = Chunk.HeaderSize + valueLength;
        var chunk = _packet.Slice(Length, Chunk.Padded(length));
        chunk[0] = type;
        chunk[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], (ushort)length);
        chunk[length..].Clear();
        Length += chunk.Length;
        return chunk[Chunk.HeaderSize..length];
    }

    /// <summary>Copies a whole chunk; false if there is no room.</summary>
    public bool TryCopy(scoped ReadOnlySpan<byte> chunk)
    {
        var padded = Chunk.Padded(chunk.Length);
        if (padded > Room)
        {
            return false;
        }

        chunk.CopyTo(_packet[Length..]);
        _packet[(Length + chunk.Length)..(Length + padded)].Clear();
        Length += padded;
        return true;
    }

    /// <summary>Ends the packet.</summary>
    /// <param name="zeroChecksum">Whether it goes without a checksum.</param>
    /// <returns>Its size.</returns>
    public readonly int Finish(bool zeroChecksum)
    {
        if (!zeroChecksum)
        {
            Crc32c.Write(_packet[..Length]);
        }

        return Length;
    }
}
