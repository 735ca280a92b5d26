using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>Rooms' tokens and items' ids: texts that ciphertext is bound to.</summary>
internal static class BoundText
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxLength = 128;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsRoom(string? text) => !string.IsNullOrEmpty(text) && IsItem(text);

    public static bool IsItem(string? text)
    {
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        try
        {
            return Strict.GetByteCount(text) <= MaxLength;
        }
        catch (EncoderFallbackException)
        {
            // Half a surrogate pair has no UTF-8, and would be bound as something else.
            return false;
        }
    }

    public static void CheckRoom(string? room)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (!IsRoom(room))
        {
            throw new ArgumentException($"A room's token is 1 to {MaxLength} bytes of UTF-8.", nameof(room));
        }
    }
}
