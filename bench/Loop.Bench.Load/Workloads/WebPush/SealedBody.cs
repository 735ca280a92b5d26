using System.Buffers.Binary;
using Loop.Sdk.Push;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>A body that looks sealed (RFC 8188: salt, record size, key, record), and has a number at its end.</summary>
internal static class SealedBody
{
    public const string Encoding = WebPushEncryption.ContentEncoding;

    /// <summary>That of a message of some 100 bytes.</summary>
    public const int Length = 200;

    private const int NumberLength = sizeof(int);
    private const int RecordSizeOffset = 16;
    private const int RecordSize = 4096;
    private const int KeyLength = 65;
    private const byte UncompressedPoint = 4;

    public static byte[] Create(int number)
    {
        var body = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(RecordSizeOffset), RecordSize);
        body[RecordSizeOffset + sizeof(int)] = KeyLength;
        body[RecordSizeOffset + sizeof(int) + 1] = UncompressedPoint;
        Number(body, number);
        return body;
    }

    /// <summary>Gives the body at the end of a span another number.</summary>
    public static void Number(Span<byte> body, int number) => BinaryPrimitives.WriteInt32BigEndian(body[^NumberLength..], number);

    public static int NumberOf(ReadOnlySpan<byte> body) => BinaryPrimitives.ReadInt32BigEndian(body[^NumberLength..]);
}
