using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The encryption of push messages (RFC 8291, content coding <c>aes128gcm</c> of RFC 8188): the application server encrypts for a subscription, and only its receiver reads.</summary>
public static class WebPushEncryption
{
    /// <summary>The name of the content coding, for the header <c>Content-Encoding</c>.</summary>
    public const string ContentEncoding = "aes128gcm";

    /// <summary>By how many bytes an encrypted message is longer than its content and padding.</summary>
    public const int Overhead = RecordCoding.HeaderSize + PushPoint.Size + 1 + RecordCoding.TagSize;

    /// <summary>The most content with its padding, in bytes: a body of 4096 bytes is what every push service takes.</summary>
    public const int MaxContent = BodySize - Overhead;

    private const int BodySize = 4096;
    private const int SecretSize = 32;

    private static ReadOnlySpan<byte> KeyInfo => "WebPush: info\0"u8;

    /// <summary>Encrypts a message.</summary>
    /// <param name="content">The content, at most <see cref="MaxContent"/> bytes with the padding. It may be empty.</param>
    /// <param name="recipient">The subscription's keys.</param>
    /// <param name="padding">How many bytes to add, so that the length says less; 0 or more.</param>
    /// <returns>The body to post, with the header <c>Content-Encoding: aes128gcm</c>.</returns>
    /// <exception cref="LoopException"><c>content_too_large</c>.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> content, WebPushRecipient recipient, int padding = 0)
    {
        Span<byte> salt = stackalloc byte[RecordCoding.SaltSize];
        RandomNumberGenerator.Fill(salt);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(content, recipient, padding, own, salt);
    }

    /// <summary>Decrypts a message.</summary>
    /// <param name="body">The body as it was posted.</param>
    /// <param name="keys">The subscription's keys.</param>
    /// <exception cref="LoopException">
    /// <c>undecryptable</c>: encrypted for other keys, or changed; <c>invalid_envelope</c>: cut off, of another form, or of more than one record; <c>invalid_key</c>: the sender's key is
    /// not on the curve.
    /// </exception>
    public static byte[] Decrypt(ReadOnlySpan<byte> body, WebPushKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (body.Length < Overhead)
        {
            throw WebPushErrors.Malformed($"it has {body.Length} bytes, and at least {Overhead} are needed");
        }

        if (body[RecordCoding.HeaderSize - 1] != PushPoint.Size)
        {
            throw WebPushErrors.Malformed($"the length of its key id is {body[RecordCoding.HeaderSize - 1]}, and has to be {PushPoint.Size}");
        }

        var recordSize = RecordCoding.RecordSizeOf(body);
        var sender = body.Slice(RecordCoding.HeaderSize, PushPoint.Size);
        var record = body[(RecordCoding.HeaderSize + PushPoint.Size)..];
        if ((uint)record.Length > recordSize)
        {
            throw WebPushErrors.Malformed($"its record size is {recordSize}, and {record.Length} bytes follow: a push message is one record");
        }

        Span<byte> ikm = stackalloc byte[SecretSize];
        try
        {
            using var other = ECDiffieHellman.Create();
            PushPoint.Import(other, sender);
            Derive(keys.Key, other, keys.Recipient, sender, ikm);
            return RecordCoding.Open(record, ikm, body[..RecordCoding.SaltSize], recordSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(ikm);
        }
    }

    internal static byte[] Encrypt(ReadOnlySpan<byte> content, WebPushRecipient recipient, int padding, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        Check(content, recipient, padding, MaxContent);
        using var other = ECDiffieHellman.Create();
        PushPoint.Import(other, recipient.PublicKey.Span);
        var sender = PushPoint.Write(own.ExportParameters(includePrivateParameters: false));
        Span<byte> ikm = stackalloc byte[SecretSize];
        Derive(own, other, recipient, sender, ikm);
        var body = RecordCoding.Seal(content, padding, ikm, salt, sender, BodySize);
        CryptographicOperations.ZeroMemory(ikm);
        return body;
    }

    internal static void Check(ReadOnlySpan<byte> content, WebPushRecipient recipient, int padding, int most)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        if (content.Length + (long)padding > most)
        {
            throw WebPushErrors.TooLarge(most);
        }
    }

    private static void Derive(ECDiffieHellman own, ECDiffieHellman other, WebPushRecipient recipient, ReadOnlySpan<byte> sender, Span<byte> ikm)
    {
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, ikm, recipient.Auth.Span, [.. KeyInfo, .. recipient.PublicKey.Span, .. sender]);
        CryptographicOperations.ZeroMemory(shared);
    }
}
