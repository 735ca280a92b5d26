using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>The 96 bits by which a response finds its request.</summary>
internal readonly record struct TransactionId(ulong High, uint Low)
{
    public const int Length = 12;

    public static TransactionId Create(FillRandom random)
    {
        Span<byte> bytes = stackalloc byte[Length];
        random(bytes);
        return Read(bytes);
    }

    public static TransactionId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Low);
    }
}
