using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>
/// The encryption that came before RFC 8291 (draft-ietf-webpush-encryption-04, <c>aesgcm</c>), which some application servers still use. The salt and the sender's key travel in headers.
/// Use <see cref="WebPushEncryption"/> for what is new.
/// </summary>
public static class LegacyWebPushEncryption
{
    /// <summary>The name of the content coding, for the header <c>Content-Encoding</c>.</summary>
    public const string ContentEncoding = "aesgcm";

    /// <summary>The most content with its padding, in bytes.</summary>
    public const int MaxContent = DefaultRecordSize - RecordCoding.TagSize - PadLengthSize;

    private const int DefaultRecordSize = 4096;
    private const int SmallestRecordSize = 3;
    private const int PadLengthSize = 2;
    private const int SecretSize = 32;

    private static ReadOnlySpan<byte> AuthInfo => "Content-Encoding: auth\0"u8;

    /// <summary>Encrypts a message.</summary>
    /// <param name="content">The content, at most <see cref="MaxContent"/> bytes with the padding. It may be empty.</param>
    /// <param name="recipient">The subscription's keys.</param>
    /// <param name="padding">How many bytes to add, so that the length says less; 0 or more.</param>
    /// <exception cref="LoopException"><c>content_too_large</c>.</exception>
    public static LegacyWebPushMessage Encrypt(ReadOnlySpan<byte> content, WebPushRecipient recipient, int padding = 0)
    {
        Span<byte> salt = stackalloc byte[RecordCoding.SaltSize];
        RandomNumberGenerator.Fill(salt);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(content, recipient, padding, own, salt);
    }

    /// <summary>Decrypts a message.</summary>
    /// <param name="body">The body as it was posted.</param>
    /// <param name="encryption">The header <c>Encryption</c>.</param>
    /// <param name="cryptoKey">The header <c>Crypto-Key</c>.</param>
    /// <param name="keys">The subscription's keys.</param>
    /// <exception cref="LoopException">As <see cref="WebPushEncryption.Decrypt"/>.</exception>
    public static byte[] Decrypt(ReadOnlySpan<byte> body, string? encryption, string? cryptoKey, WebPushKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var salt = CryptoHeader.Find(encryption, "salt") is { } given ? PushText.TryDecode(given, RecordCoding.SaltSize) : null;
        if (salt is not { Length: RecordCoding.SaltSize })
        {
            throw WebPushErrors.Malformed("the header Encryption has no salt of 16 bytes");
        }

        var sender = (CryptoHeader.Find(cryptoKey, "dh") is { } key ? PushText.TryDecode(key, PushPoint.Size) : null)
            ?? throw WebPushErrors.Malformed("the header Crypto-Key has no dh");
        var recordSize = RecordSizeOf(encryption);
        if (body.Length < PadLengthSize + RecordCoding.TagSize)
        {
            throw WebPushErrors.Malformed($"it has {body.Length} bytes, and at least {PadLengthSize + RecordCoding.TagSize} are needed");
        }

        // A full record is never the last one.
        if (body.Length >= recordSize + RecordCoding.TagSize)
        {
            throw WebPushErrors.Malformed($"its record size is {recordSize}, and it has {body.Length} bytes: a push message is one record");
        }

        using var other = ECDiffieHellman.Create();
        PushPoint.Import(other, sender);
        Span<byte> nonce = stackalloc byte[RecordCoding.NonceSize];
        using var cipher = Cipher(keys.Key, other, keys.Recipient, sender, salt, nonce);
        var padded = new byte[body.Length - RecordCoding.TagSize];
        RecordCoding.Decrypt(cipher, nonce, body, padded);
        return Unpad(padded);
    }

    internal static LegacyWebPushMessage Encrypt(ReadOnlySpan<byte> content, WebPushRecipient recipient, int padding, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        WebPushEncryption.Check(content, recipient, padding, MaxContent);
        using var other = ECDiffieHellman.Create();
        PushPoint.Import(other, recipient.PublicKey.Span);
        var sender = PushPoint.Write(own.ExportParameters(includePrivateParameters: false));
        Span<byte> nonce = stackalloc byte[RecordCoding.NonceSize];
        using var cipher = Cipher(own, other, recipient, sender, salt, nonce);
        var length = PadLengthSize + padding + content.Length;
        var body = new byte[length + RecordCoding.TagSize];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)padding);
        content.CopyTo(body.AsSpan(PadLengthSize + padding));
        cipher.Encrypt(nonce, body.AsSpan(0, length), body.AsSpan(0, length), body.AsSpan(length));
        return new(body, $"salt={PushText.Encode(salt)}", $"dh={PushText.Encode(sender)}");
    }

    private static byte[] Unpad(byte[] padded)
    {
        var padding = BinaryPrimitives.ReadUInt16BigEndian(padded);
        if (PadLengthSize + padding > padded.Length || padded.AsSpan(PadLengthSize, padding).ContainsAnyExcept((byte)0))
        {
            throw WebPushErrors.Malformed("its padding is wrong");
        }

        return padded[(PadLengthSize + padding)..];
    }

    private static uint RecordSizeOf(string? encryption) => CryptoHeader.Find(encryption, "rs") is not { } given
        ? DefaultRecordSize
        : uint.TryParse(given, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var size) && size is >= SmallestRecordSize and <= int.MaxValue
            ? size
            : throw WebPushErrors.Malformed("the record size in the header Encryption is no number, or too small");

    private static AesGcm Cipher(
        ECDiffieHellman own, ECDiffieHellman other, WebPushRecipient recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> salt, Span<byte> nonce)
    {
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        Span<byte> ikm = stackalloc byte[SecretSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, ikm, recipient.Auth.Span, AuthInfo);
        byte[] context = [.. "P-256\0"u8, 0, PushPoint.Size, .. recipient.PublicKey.Span, 0, PushPoint.Size, .. sender];
        Span<byte> key = stackalloc byte[RecordCoding.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, key, salt, [.. "Content-Encoding: aesgcm\0"u8, .. context]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, nonce, salt, [.. "Content-Encoding: nonce\0"u8, .. context]);
        var cipher = new AesGcm(key, RecordCoding.TagSize);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(ikm);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
