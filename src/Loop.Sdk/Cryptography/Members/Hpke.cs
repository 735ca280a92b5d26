using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// Hybrid public key encryption (RFC 9180), base mode, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. What is sealed is the ephemeral public
/// key, the ciphertext, and the tag.
/// </summary>
internal static class Hpke
{
    public const int EncapsulatedSize = P256.PointSize;
    public const int Overhead = EncapsulatedSize + TagSize;

    private const int TagSize = 16;
    private const int NonceSize = 12;
    private const int KeySize = 32;
    private const int HashSize = SHA256.HashSizeInBytes;
    private const byte BaseMode = 0;

    // "KEM" and "HPKE" with the numbers of the algorithms: KEM 0x0010, KDF 0x0001, AEAD 0x0002 (RFC 9180 section 7).
    private static ReadOnlySpan<byte> KemSuite => [(byte)'K', (byte)'E', (byte)'M', 0x00, 0x10];

    private static ReadOnlySpan<byte> Suite => [(byte)'H', (byte)'P', (byte)'K', (byte)'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x02];

    public static byte[] Seal(MemberIdentity recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Seal(ephemeral, recipient, info, associatedData, plaintext);
    }

    /// <summary>With an ephemeral key that was chosen by a test vector.</summary>
    public static byte[] Seal(ECDiffieHellman ephemeral, MemberIdentity recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = new byte[Overhead + plaintext.Length];
        var encapsulated = sealedBytes.AsSpan(0, EncapsulatedSize);
        P256.WritePublic(ephemeral.ExportParameters(false), encapsulated);
        using var recipientKey = recipient.AgreementKey();
        using var shared = P256.Agree(ephemeral, recipientKey.PublicKey);
        using var schedule = Schedule(shared.Span, encapsulated, recipient, info);
        using var cipher = new AesGcm(schedule.Span[..KeySize], TagSize);
        cipher.Encrypt(schedule.Span[KeySize..], plaintext, sealedBytes.AsSpan()[EncapsulatedSize..^TagSize], sealedBytes.AsSpan()[^TagSize..], associatedData);
        return sealedBytes;
    }

    /// <exception cref="LoopException"><c>invalid_key</c>: the ephemeral key is none; <c>tampered</c>: not for this recipient or this place, or changed.</exception>
    public static void Open(MemberKey recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes, Span<byte> plaintext)
    {
        var encapsulated = sealedBytes[..EncapsulatedSize];
        using var ephemeral = ECDiffieHellman.Create();
        P256.Import(ephemeral, encapsulated);
        using var shared = recipient.Agree(ephemeral.PublicKey);
        using var schedule = Schedule(shared.Span, encapsulated, recipient.Identity, info);
        using var cipher = new AesGcm(schedule.Span[..KeySize], TagSize);
        try
        {
            cipher.Decrypt(schedule.Span[KeySize..], sealedBytes[EncapsulatedSize..^TagSize], sealedBytes[^TagSize..], plaintext, associatedData);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw CryptographyErrors.Tampered();
        }
    }

    // Key and nonce, one after the other (RFC 9180 sections 4.1 and 5.1).
    private static SecretBytes Schedule(ReadOnlySpan<byte> agreed, ReadOnlySpan<byte> encapsulated, MemberIdentity recipient, ReadOnlySpan<byte> info)
    {
        using var secrets = new SecretBytes(2 * HashSize);
        var pseudoRandomKey = secrets.Span[..HashSize];
        var sharedSecret = secrets.Span[HashSize..];

        Span<byte> kemContext = stackalloc byte[2 * P256.PointSize];
        encapsulated.CopyTo(kemContext);
        recipient.PublicKey[P256.PointSize..].CopyTo(kemContext[P256.PointSize..]);
        Extract(KemSuite, [], "eae_prk"u8, agreed, pseudoRandomKey);
        Expand(KemSuite, pseudoRandomKey, "shared_secret"u8, kemContext, sharedSecret);

        Span<byte> context = stackalloc byte[1 + (2 * HashSize)];
        context[0] = BaseMode;
        Extract(Suite, [], "psk_id_hash"u8, [], context.Slice(1, HashSize));
        Extract(Suite, [], "info_hash"u8, info, context[(1 + HashSize)..]);
        Extract(Suite, sharedSecret, "secret"u8, [], pseudoRandomKey);

        var schedule = new SecretBytes(KeySize + NonceSize);
        Expand(Suite, pseudoRandomKey, "key"u8, context, schedule.Span[..KeySize]);
        Expand(Suite, pseudoRandomKey, "base_nonce"u8, context, schedule.Span[KeySize..]);
        return schedule;
    }

    private static void Extract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> input, Span<byte> output)
    {
        using var buffer = new PooledBytes(7 + suite.Length + label.Length + input.Length);
        var labeled = new FieldWriter(buffer.Span);
        labeled.Bytes("HPKE-v1"u8);
        labeled.Bytes(suite);
        labeled.Bytes(label);
        labeled.Bytes(input);
        HKDF.Extract(HashAlgorithmName.SHA256, labeled.Written, salt, output);
    }

    private static void Expand(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        using var buffer = new PooledBytes(9 + suite.Length + label.Length + info.Length);
        var labeled = new FieldWriter(buffer.Span);
        labeled.Bytes([0, (byte)output.Length]);
        labeled.Bytes("HPKE-v1"u8);
        labeled.Bytes(suite);
        labeled.Bytes(label);
        labeled.Bytes(info);
        HKDF.Expand(HashAlgorithmName.SHA256, key, output, labeled.Written);
    }
}
