using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What every packet begins with.</summary>
internal readonly record struct PacketHeader(ushort SourcePort, ushort DestinationPort, uint Tag, uint Checksum)
{
    public const int Size = 12;

    public static bool TryRead(ReadOnlySpan<byte> packet, out PacketHeader header)
    {
        if (packet.Length < Size)
        {
            header = default;
            return false;
        }

        header = new PacketHeader(
            BinaryPrimitives.ReadUInt16BigEndian(packet),
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(packet[8..]));
        return true;
    }
}
