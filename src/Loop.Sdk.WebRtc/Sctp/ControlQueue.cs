using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Whole control chunks that wait for the next packet. There is little room: whatever a peer asks for beyond it is not answered, and asked again.</summary>
internal sealed class ControlQueue
{
    private const int Capacity = 20_000;

    private byte[] _chunks = [];
    private int _begin;
    private int _end;

    public bool IsEmpty => _begin == _end;

    public void Clear() => _begin = _end = 0;

    /// <summary>Adds a chunk of which the value is given.</summary>
    public void Add(byte type, byte flags, ReadOnlySpan<byte> value)
    {
        var length = Chunk.HeaderSize + value.Length;
        var padded = Chunk.Padded(length);
        if (_end + padded > Capacity)
        {
            return;
        }

        if (_end + padded > _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Min(Capacity, Math.Max(256, 2 * (_end + padded))));
        }

        var chunk = _chunks.AsSpan(_end, padded);
        chunk[0] = type;
        chunk[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], (ushort)length);
        value.CopyTo(chunk[Chunk.HeaderSize..]);
        chunk[length..].Clear();
        _end += padded;
    }

    /// <summary>Moves what fits into a packet. One that fits no packet is dropped.</summary>
    public void Write(ref PacketWriter packet)
    {
        while (!IsEmpty)
        {
            ReadOnlySpan<byte> rest = _chunks.AsSpan(_begin, _end - _begin);
            Chunk.TryRead(ref rest, out var chunk);
            if (!packet.TryCopy(chunk.Whole))
            {
                if (!packet.IsEmpty)
                {
                    return;
                }
            }

            _begin = _end - rest.Length;
        }

        Clear();
    }
}
