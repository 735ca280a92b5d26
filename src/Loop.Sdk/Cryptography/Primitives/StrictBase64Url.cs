using System.Buffers;
using System.Buffers.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>Base64url (RFC 4648 section 5) without padding, with exactly one text for the same bytes: what the base class library takes beyond that is refused.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes of a text of this length, or -1 if there is no such length.</summary>
    public static int DecodedLength(int characters) => characters % 4 == 1 ? -1 : (int)(characters * 3L / 4);

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes into a destination of exactly the decoded length.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination) =>
        DecodedLength(text.Length) == destination.Length
        && !text.ContainsAnyExcept(Alphabet)
        && !HasSpareBits(text)
        && Base64Url.TryDecodeFromChars(text, destination, out var written)
        && written == destination.Length;

    // The last character of a text whose length is no multiple of four carries bits that belong to no byte. They must be zero.
    private static bool HasSpareBits(ReadOnlySpan<char> text) =>
        (text.Length % 4) switch
        {
            2 => (ValueOf(text[^1]) & 0b1111) != 0,
            3 => (ValueOf(text[^1]) & 0b11) != 0,
            _ => false,
        };

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}
