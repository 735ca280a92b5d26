using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>A member as others know it: the public keys, and the id that is a hash of them. Safe to use from several threads until it is disposed of.</summary>
public sealed class MemberIdentity : IDisposable
{
    /// <summary>Bytes of the two public keys: two uncompressed points on P-256.</summary>
    public const int PublicKeySize = 2 * P256.PointSize;

    /// <summary>Characters of an id: 256 bits in base64url.</summary>
    public const int IdLength = 43;

    private readonly Lock _lock = new();
    private readonly byte[] _publicKey;
    private readonly ECDsa _verifying;

    private MemberIdentity(ReadOnlySpan<byte> publicKey, ECDsa verifying)
    {
        _publicKey = publicKey.ToArray();
        _verifying = verifying;
        Id = IdOf(publicKey);
    }

    /// <summary>The id: SHA-256 of <c>loop.v2/member</c> and the public keys, in base64url. Nobody can have the id of somebody else's keys.</summary>
    public string Id { get; }

    /// <summary>The public keys: the point of the signing key, then that of the key agreement.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    private static ReadOnlySpan<byte> Label => "loop.v2/member"u8;

    /// <summary>Takes public keys from bytes, which are copied.</summary>
    /// <param name="publicKey"><see cref="PublicKeySize"/> bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length, or not on the curve.</exception>
    public static MemberIdentity Import(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeySize)
        {
            throw CryptographyErrors.InvalidKey("a member's public keys have another length");
        }

        var verifying = ECDsa.Create();
        try
        {
            P256.Import(verifying, publicKey[..P256.PointSize]);
            using var agreement = AgreementKey(publicKey);
            return new MemberIdentity(publicKey, verifying);
        }
        catch (LoopException)
        {
            verifying.Dispose();
            throw;
        }
    }

    /// <summary>Takes public keys from base64url, if they are those of an id; otherwise null.</summary>
    internal static MemberIdentity? TryRead(string publicKey, string id)
    {
        Span<byte> bytes = stackalloc byte[PublicKeySize];
        try
        {
            return StrictBase64Url.TryDecode(publicKey, bytes) && IdOf(bytes) == id ? Import(bytes) : null;
        }
        catch (LoopException)
        {
            return null;
        }
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    /// <summary>Lets go of the system's handle.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _verifying.Dispose();
        }
    }

    internal ECDiffieHellman AgreementKey() => AgreementKey(_publicKey);

    internal bool IsSignedBy(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        AuthorSignature.Digest(associatedData, content, digest);
        lock (_lock)
        {
            return _verifying.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private static ECDiffieHellman AgreementKey(ReadOnlySpan<byte> publicKey)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            P256.Import(key, publicKey[P256.PointSize..]);
            return key;
        }
        catch (LoopException)
        {
            key.Dispose();
            throw;
        }
    }

    private static string IdOf(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> input = stackalloc byte[Label.Length + PublicKeySize];
        Label.CopyTo(input);
        publicKey.CopyTo(input[Label.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return StrictBase64Url.Encode(hash);
    }
}
