namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Finds its way in packets, for those who change them.</summary>
internal static class PacketEdit
{
    /// <summary>Where the first chunk of a type begins; -1 if there is none.</summary>
    public static int Find(ReadOnlySpan<byte> packet, byte type)
    {
        var rest = packet[PacketHeader.Size..];
        for (var place = PacketHeader.Size; Chunk.TryRead(ref rest, out var chunk); place = packet.Length - rest.Length)
        {
            if (chunk.Type == type)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>Where the first RE-CONFIG begins whose parameter is of a type; -1 if there is none.</summary>
    public static int FindReConfig(ReadOnlySpan<byte> packet, ushort parameter)
    {
        var rest = packet[PacketHeader.Size..];
        for (var place = PacketHeader.Size; Chunk.TryRead(ref rest, out var chunk); place = packet.Length - rest.Length)
        {
            var value = chunk.Value;
            if (chunk.Type == ChunkType.ReConfig && Parameter.TryRead(ref value, out var first) && first.Type == parameter)
            {
                return place;
            }
        }

        return -1;
    }
}
