using System.Runtime.InteropServices;
using System.Text.Json;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// Loop's original envelope, <c>AES-GCM</c>, for rooms shared with clients that know nothing else. It protects the content from those without the key, and
/// nothing more: contexts can be swapped between rooms that have the same key, older ones can be put back, and a wrong key looks like a changed text.
/// </summary>
public static class AesGcmEnvelope
{
    /// <summary>The longest content, in bytes as encoded.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Encrypts a text, which old clients can read whatever characters it has.</summary>
    /// <param name="key">A key of the original envelope.</param>
    /// <param name="text">At most <see cref="MaxLength"/> bytes in CESU-8.</param>
    /// <returns>Base64 with line breaks, as the old clients write it.</returns>
    /// <exception cref="ArgumentException">The key is of <c>loop.v2</c>.</exception>
    /// <exception cref="LoopException"><c>content_too_large</c>.</exception>
    public static string Seal(RoomKey key, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = KeyOf(key);
        using var buffer = new PooledBytes(Cesu8.MaxLength(Bounded(text.Length)));
        var length = Bounded(Cesu8.Encode(text, buffer.Span));
        return AesGcmBytes.Seal(bytes, buffer.Span[..length]);
    }

    /// <summary>Decrypts a text.</summary>
    /// <param name="key">A key of the original envelope.</param>
    /// <param name="value">Base64 with or without line breaks.</param>
    /// <exception cref="ArgumentException">The key is of <c>loop.v2</c>.</exception>
    /// <exception cref="LoopException">
    /// <c>wrong_key</c>: encrypted with another key, or changed; <c>invalid_envelope</c>: cut off, no base64, or what was encrypted is no text;
    /// <c>content_too_large</c>.
    /// </exception>
    public static string Open(RoomKey key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytes = KeyOf(key);
        using var buffer = new PooledBytes(AesGcmBytes.BufferLength(value, MaxLength));
        var content = AesGcmBytes.Open(bytes, value, buffer.Span);
        using var characters = new PooledBytes(content.Length * sizeof(char));
        var text = MemoryMarshal.Cast<byte, char>(characters.Span);
        return Cesu8.TryDecode(content, text, out var length) ? new string(text[..length]) : throw CryptographyErrors.InvalidEnvelope("what was encrypted is no text");
    }

    /// <summary>Encrypts a room's context. Characters beyond ASCII are written as escapes, which old and new clients read alike.</summary>
    /// <param name="key">A key of the original envelope.</param>
    /// <param name="context">The context, at most <see cref="RoomContext.MaxLength"/> bytes as JSON.</param>
    /// <exception cref="ArgumentException">The key is of <c>loop.v2</c>.</exception>
    /// <exception cref="LoopException"><c>content_too_large</c>.</exception>
    public static string SealContext(RoomKey key, RoomContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var bytes = KeyOf(key);
        var json = JsonSerializer.SerializeToUtf8Bytes(context, RoomContextJson.Default.RoomContext);
        Bounded(json.Length);
        return AesGcmBytes.Seal(bytes, json);
    }

    /// <summary>Decrypts a room's context.</summary>
    /// <param name="key">A key of the original envelope.</param>
    /// <param name="value">Base64 with or without line breaks.</param>
    /// <exception cref="ArgumentException">The key is of <c>loop.v2</c>.</exception>
    /// <exception cref="LoopException">As for <see cref="Open"/>; <c>invalid_context</c>: what was encrypted is no context.</exception>
    public static RoomContext OpenContext(RoomKey key, string value)
    {
        var text = Open(key, value);
        return RoomContext.Parse(text);
    }

    private static ReadOnlySpan<byte> KeyOf(RoomKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Algorithm == EnvelopeAlgorithm.AesGcm ? key.Bytes.Span : throw new ArgumentException("The key is not one of the original envelope.", nameof(key));
    }

    private static int Bounded(int length) => length <= MaxLength ? length : throw CryptographyErrors.TooLarge(MaxLength);
}
