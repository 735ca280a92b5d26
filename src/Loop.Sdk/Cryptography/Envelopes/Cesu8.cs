using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// Text as the original clients encode it (spec 4.3): each UTF-16 code unit by itself, so that a character beyond the basic plane takes two sequences of three
/// bytes (CESU-8, Unicode technical report 26). Real UTF-8 is read as well.
/// </summary>
internal static class Cesu8
{
    public static int MaxLength(int characters) => characters * 3;

    public static int Encode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var length = 0;
        foreach (var unit in text)
        {
            if (unit < 0x80)
            {
                destination[length++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                destination[length++] = (byte)(0xC0 | (unit >> 6));
                destination[length++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                destination[length++] = (byte)(0xE0 | (unit >> 12));
                destination[length++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                destination[length++] = (byte)(0x80 | (unit & 0x3F));
            }
        }

        return length;
    }

    /// <summary>Decodes into at least as many characters as there are bytes. False for bytes that are neither CESU-8 nor UTF-8, or have half a surrogate pair.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Span<char> destination, out int length)
    {
        length = 0;
        var highBefore = false;
        while (!bytes.IsEmpty)
        {
            if (TakeSurrogate(ref bytes, out var surrogate))
            {
                if (char.IsLowSurrogate(surrogate) != highBefore)
                {
                    return false;
                }

                highBefore = !highBefore;
                destination[length++] = surrogate;
                continue;
            }

            if (highBefore || Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            bytes = bytes[consumed..];
            length += rune.EncodeToUtf16(destination[length..]);
        }

        return !highBefore;
    }

    // What UTF-8 forbids and CESU-8 is about: U+D800 to U+DFFF in three bytes.
    private static bool TakeSurrogate(ref ReadOnlySpan<byte> bytes, out char surrogate)
    {
        surrogate = default;
        if (bytes.Length < 3 || bytes[0] != 0xED || (bytes[1] & 0xE0) != 0xA0 || (bytes[2] & 0xC0) != 0x80)
        {
            return false;
        }

        surrogate = (char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F));
        bytes = bytes[3..];
        return true;
    }
}
