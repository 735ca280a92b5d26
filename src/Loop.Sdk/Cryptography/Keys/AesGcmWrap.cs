using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>Room keys under a profile key as the original clients wrap them (spec 4.4): what is encrypted is the key's text. Not bound to a room.</summary>
internal static class AesGcmWrap
{
    // 43 characters, padding, IV and tag.
    private const int LongestKeyText = 44;

    public static string Wrap(ReadOnlySpan<byte> owner, RoomKey key)
    {
        Span<byte> text = stackalloc byte[LongestKeyText];
        text = text[..Encoding.ASCII.GetBytes(RoomKeyText.Write(key), text)];
        var wrapped = AesGcmBytes.Seal(owner, text);
        CryptographicOperations.ZeroMemory(text);
        return wrapped;
    }

    public static RoomKey Unwrap(ReadOnlySpan<byte> owner, string wrapped)
    {
        using var buffer = new PooledBytes(AesGcmBytes.BufferLength(wrapped, LongestKeyText));
        var text = AesGcmBytes.Open(owner, wrapped, buffer.Span);
        Span<char> characters = stackalloc char[LongestKeyText];
        characters = characters[..Encoding.Latin1.GetChars(text, characters)];
        var key = RoomKeyText.TryReadAesGcm(characters);
        characters.Clear();
        return key ?? throw CryptographyErrors.InvalidKey("what was wrapped is no key");
    }
}
