using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Loop.Sdk.Server;

/// <summary>A session's name: 128 random bits, written as base64url. It is no secret.</summary>
internal readonly record struct SessionId(UInt128 Value)
{
    private const int Size = 16;
    private const int TextLength = 22;

    public static SessionId New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new SessionId(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    public static bool TryParse(string text, out SessionId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != TextLength || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Size)
        {
            id = default;
            return false;
        }

        id = new SessionId(BinaryPrimitives.ReadUInt128BigEndian(bytes));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return Base64Url.EncodeToString(bytes);
    }
}
