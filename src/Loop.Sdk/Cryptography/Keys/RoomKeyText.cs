using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>A key as a text of base64url, as links and the original wrapped keys have it.</summary>
internal static class RoomKeyText
{
    public static string Write(RoomKey key) => StrictBase64Url.Encode(key.Bytes.Span);

    /// <summary>A key of the original envelope, with or without padding (spec 4.3), or null.</summary>
    public static RoomKey? TryReadAesGcm(ReadOnlySpan<char> text)
    {
        var unpadded = text.Length % 4 == 0 && text.EndsWith('=') ? text.TrimEnd('=') : text;
        Span<byte> bytes = stackalloc byte[RoomKey.LoopV2Size];
        var length = StrictBase64Url.DecodedLength(unpadded.Length);
        if (length is not (RoomKey.AesGcmSize or RoomKey.LoopV2Size) || !StrictBase64Url.TryDecode(unpadded, bytes[..length]))
        {
            return null;
        }

        var key = RoomKey.ImportAesGcm(bytes[..length]);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>A <c>loop.v2</c> key, or null.</summary>
    public static RoomKey? TryReadLoopV2(ReadOnlySpan<char> text, int epoch)
    {
        Span<byte> bytes = stackalloc byte[RoomKey.LoopV2Size];
        if (!StrictBase64Url.TryDecode(text, bytes))
        {
            return null;
        }

        var key = RoomKey.Import(bytes, epoch);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }
}
