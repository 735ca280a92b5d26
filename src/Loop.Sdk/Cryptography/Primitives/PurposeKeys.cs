using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>One key per purpose and epoch, by HKDF-SHA256 (RFC 5869): salt <c>loop.v2</c>, info <c>loop.v2/</c> + purpose + 0x00 + epoch as 32 bits, big-endian.</summary>
internal static class PurposeKeys
{
    public const string Commitment = "commitment";
    public const string Wrap = "wrap";
    public const string WrapCommitment = "wrap-commitment";
    public const string Owner = "owner";

    private const int LongestPurpose = 32;

    private static ReadOnlySpan<byte> Salt => "loop.v2"u8;

    private static ReadOnlySpan<byte> Prefix => "loop.v2/"u8;

    public static void Derive(ReadOnlySpan<byte> key, string purpose, int epoch, Span<byte> derived)
    {
        Span<byte> info = stackalloc byte[Prefix.Length + LongestPurpose + 1 + sizeof(int)];
        Prefix.CopyTo(info);
        var length = Prefix.Length + Encoding.ASCII.GetBytes(purpose, info[Prefix.Length..^5]);
        info[length++] = 0;
        BinaryPrimitives.WriteInt32BigEndian(info[length..], epoch);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, Salt, info[..(length + sizeof(int))]);
    }

    public static Xaes256Gcm Cipher(ReadOnlySpan<byte> key, string purpose, int epoch)
    {
        using var derived = new SecretBytes(Xaes256Gcm.KeySize);
        Derive(key, purpose, epoch, derived.Span);
        return new Xaes256Gcm(derived);
    }
}
