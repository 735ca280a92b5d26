using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A chunk of a packet.</summary>
internal readonly ref struct Chunk(byte type, byte flags, ReadOnlySpan<byte> whole)
{
    public const int HeaderSize = 4;

    public byte Type { get; } = type;

    public byte Flags { get; } = flags;

    /// <summary>With its header and without its padding.</summary>
    public ReadOnlySpan<byte> Whole { get; } = whole;

    public ReadOnlySpan<byte> Value => Whole[HeaderSize..];

    /// <summary>Takes the first chunk; false, if there is none or if its length is not that of a chunk.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> chunks, out Chunk chunk)
    {
        chunk = default;
        if (chunks.Length < HeaderSize)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]);
        if (length < HeaderSize || length > chunks.Length)
        {
            return false;
        }

        chunk = new Chunk(chunks[0], chunks[1], chunks[..length]);
        chunks = chunks[Math.Min(Padded(length), chunks.Length)..];
        return true;
    }

    public static int Padded(int length) => (length + 3) & ~3;
}
