using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>HEARTBEATs of this end: signs of life, and probes of the path's size, each with what makes its answer ours.</summary>
internal sealed class Heartbeats(SctpSettings settings)
{
    private const int InfoSize = 20;

    private readonly ulong _secret = MakeSecret(settings.Random);

    /// <summary>Writes one.</summary>
    /// <param name="packet">An empty packet of at least <paramref name="size"/> bytes, or one with room.</param>
    /// <param name="size">The size of the packet that it fills; 0 for a mere sign of life.</param>
    /// <param name="now">The time.</param>
    public void Write(ref PacketWriter packet, int size, long now)
    {
        var value = packet.Add(ChunkType.Heartbeat, 0, Parameter.HeaderSize + InfoSize);
        var info = Parameter.Write(value, ParameterType.HeartbeatInfo, InfoSize);
        BinaryPrimitives.WriteUInt64BigEndian(info, _secret);
        BinaryPrimitives.WriteInt64BigEndian(info[8..], now);
        BinaryPrimitives.WriteInt32BigEndian(info[16..], size);
        if (size > 0)
        {
            packet.Add(ChunkType.Pad, 0, size - packet.Length - Chunk.HeaderSize).Clear();
        }
    }

    /// <summary>Reads an answer; false if it is to nothing that was asked.</summary>
    public bool TryRead(ReadOnlySpan<byte> value, long now, out int size, out long rtt)
    {
        size = 0;
        rtt = 0;
        if (!Parameter.TryRead(ref value, out var info) || info.Type != ParameterType.HeartbeatInfo || info.Value.Length != InfoSize
            || BinaryPrimitives.ReadUInt64BigEndian(info.Value) != _secret)
        {
            return false;
        }

        rtt = now - BinaryPrimitives.ReadInt64BigEndian(info.Value[8..]);
        size = BinaryPrimitives.ReadInt32BigEndian(info.Value[16..]);
        return rtt >= 0;
    }

    private static ulong MakeSecret(RandomSource random)
    {
        Span<byte> secret = stackalloc byte[sizeof(ulong)];
        random(secret);
        return BinaryPrimitives.ReadUInt64BigEndian(secret);
    }
}
