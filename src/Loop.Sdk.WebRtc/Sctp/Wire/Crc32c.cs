using System.Buffers.Binary;
using System.Numerics;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The checksum of packets (RFC 9260, appendix A), which stands in the packet itself, least significant byte first.</summary>
internal static class Crc32c
{
    private const int Offset = 8;
    private const int End = 12;

    /// <summary>Puts the checksum into a packet.</summary>
    public static void Write(Span<byte> packet) => BinaryPrimitives.WriteUInt32LittleEndian(packet[Offset..], Of(packet));

    /// <summary>The checksum that a packet should have, whatever it has.</summary>
    public static uint Of(ReadOnlySpan<byte> packet)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(packet));
        crc = BitOperations.Crc32C(crc, 0u);
        var rest = packet[End..];
        while (rest.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            rest = rest[sizeof(ulong)..];
        }

        foreach (var value in rest)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
