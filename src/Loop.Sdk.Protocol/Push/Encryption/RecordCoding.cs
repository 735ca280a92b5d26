using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The content coding <c>aes128gcm</c> (RFC 8188): records of AES-128-GCM, each padded and numbered.</summary>
internal static class RecordCoding
{
    public const int SaltSize = 16;
    public const int KeySize = 16;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    /// <summary>The salt, the record size, and the length of the key id.</summary>
    public const int HeaderSize = SaltSize + 4 + 1;

    /// <summary>A record has at least its delimiter, and something.</summary>
    public const int SmallestRecord = TagSize + 2;

    private const byte NotLast = 1;
    private const byte Last = 2;

    private static ReadOnlySpan<byte> KeyInfo => "Content-Encoding: aes128gcm\0"u8;

    private static ReadOnlySpan<byte> NonceInfo => "Content-Encoding: nonce\0"u8;

    public static uint RecordSizeOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[SaltSize..]);

    /// <summary>Writes a header, and content as one record.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content, int padding, ReadOnlySpan<byte> ikm, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyId, uint recordSize)
    {
        var start = HeaderSize + keyId.Length;
        var padded = content.Length + 1 + padding;
        var body = new byte[start + padded + TagSize];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltSize), recordSize);
        body[HeaderSize - 1] = (byte)keyId.Length;
        keyId.CopyTo(body.AsSpan(HeaderSize));
        var record = body.AsSpan(start, padded);
        content.CopyTo(record);
        record[content.Length] = Last;
        Span<byte> nonce = stackalloc byte[NonceSize];
        using var cipher = Cipher(ikm, salt, nonce);
        cipher.Encrypt(nonce, record, record, body.AsSpan(start + padded));
        return body;
    }

    /// <summary>Reads the records after a header.</summary>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>undecryptable</c>.</exception>
    public static byte[] Open(ReadOnlySpan<byte> records, ReadOnlySpan<byte> ikm, ReadOnlySpan<byte> salt, uint recordSize)
    {
        if (recordSize < SmallestRecord)
        {
            throw WebPushErrors.Malformed($"its record size is {recordSize}, and at least {SmallestRecord} is needed");
        }

        Span<byte> first = stackalloc byte[NonceSize];
        using var cipher = Cipher(ikm, salt, first);
        var content = new byte[records.Length];
        var written = 0;
        for (ulong sequence = 0; sequence == 0 || !records.IsEmpty; sequence++)
        {
            var record = records[..(int)Math.Min(recordSize, (uint)records.Length)];
            records = records[record.Length..];
            written += OpenRecord(cipher, first, sequence, record, records.IsEmpty ? Last : NotLast, content.AsSpan(written));
        }

        return content[..written];
    }

    private static int OpenRecord(AesGcm cipher, ReadOnlySpan<byte> first, ulong sequence, ReadOnlySpan<byte> record, byte delimiter, Span<byte> destination)
    {
        if (record.Length <= TagSize)
        {
            throw WebPushErrors.Malformed("it was cut off");
        }

        Span<byte> nonce = stackalloc byte[NonceSize];
        first.CopyTo(nonce);
        var tail = nonce[(NonceSize - sizeof(ulong))..];
        BinaryPrimitives.WriteUInt64BigEndian(tail, BinaryPrimitives.ReadUInt64BigEndian(tail) ^ sequence);
        var padded = destination[..(record.Length - TagSize)];
        Decrypt(cipher, nonce, record, padded);
        var end = padded.LastIndexOfAnyExcept((byte)0);
        if (end < 0 || padded[end] != delimiter)
        {
            throw WebPushErrors.Malformed("its padding is wrong, or a record is missing");
        }

        return end;
    }

    /// <summary>Decrypts one record with its tag.</summary>
    /// <exception cref="LoopException"><c>undecryptable</c>.</exception>
    public static void Decrypt(AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> record, Span<byte> destination)
    {
        try
        {
            cipher.Decrypt(nonce, record[..^TagSize], record[^TagSize..], destination);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw WebPushErrors.Undecryptable();
        }
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> ikm, ReadOnlySpan<byte> salt, Span<byte> nonce)
    {
        Span<byte> key = stackalloc byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, key, salt, KeyInfo);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, nonce, salt, NonceInfo);
        var cipher = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
