using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>The bytes of the original envelope (spec 4.3): IV, ciphertext, tag, as base64 with a line break after every 76 characters.</summary>
internal static class AesGcmBytes
{
    public const int IvSize = 12;
    public const int TagSize = 16;

    private const int Overhead = IvSize + TagSize;
    private const int LineBytes = 57;

    public static string Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> iv = stackalloc byte[IvSize];
        RandomNumberGenerator.Fill(iv);
        return Seal(key, plaintext, iv);
    }

    /// <summary>With an IV that was chosen by a test vector.</summary>
    public static string Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> iv)
    {
        using var buffer = new PooledBytes(Overhead + plaintext.Length);
        var bytes = buffer.Span;
        iv.CopyTo(bytes);
        using (var cipher = new AesGcm(key, TagSize))
        {
            cipher.Encrypt(iv, plaintext, bytes[IvSize..^TagSize], bytes[^TagSize..]);
        }

        var text = new StringBuilder(bytes.Length * 3 / 2);
        for (var start = 0; start < bytes.Length; start += LineBytes)
        {
            text.Append(start > 0 ? "\r\n" : "").Append(Convert.ToBase64String(bytes[start..Math.Min(start + LineBytes, bytes.Length)]));
        }

        return text.ToString();
    }

    /// <summary>How long a buffer <see cref="Open"/> needs.</summary>
    /// <exception cref="LoopException"><c>content_too_large</c>: the text is longer than a sender of <paramref name="limit"/> bytes would make it.</exception>
    public static int BufferLength(string text, int limit)
    {
        // Twice as long leaves room for any way to break lines.
        return text.Length <= (limit + Overhead) * 2L * 4 / 3 + 4 ? (text.Length * 3 / 4) + 3 : throw CryptographyErrors.TooLarge(limit);
    }

    /// <summary>Decrypts within the buffer, and gives the part of it that is plaintext.</summary>
    /// <exception cref="LoopException"><c>invalid_envelope</c>: too short or no base64; <c>wrong_key</c>: another key, or the text was changed.</exception>
    public static Span<byte> Open(ReadOnlySpan<byte> key, string text, Span<byte> buffer)
    {
        var length = Decode(text, buffer);
        if (length < Overhead)
        {
            throw CryptographyErrors.InvalidEnvelope("it is cut off or no base64");
        }

        var bytes = buffer[..length];
        var content = bytes[IvSize..^TagSize];
        using var cipher = new AesGcm(key, TagSize);
        try
        {
            cipher.Decrypt(bytes[..IvSize], content, bytes[^TagSize..], content);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw CryptographyErrors.WrongKey();
        }

        return content;
    }

    // Original clients drop whatever is not in the alphabet: line breaks and padding, but also what other alphabets have in its place.
    private static int Decode(string text, Span<byte> destination)
    {
        var (bits, pending, length) = (0u, 0, 0);
        foreach (var character in text)
        {
            if (ValueOf(character) is not (>= 0 and var value))
            {
                continue;
            }

            bits = (bits << 6) | (uint)value;
            pending += 6;
            if (pending >= 8)
            {
                pending -= 8;
                destination[length++] = (byte)(bits >> pending);
            }
        }

        // Six bits left over are a character that belongs to nothing.
        return pending == 6 ? 0 : length;
    }

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
