using System.Diagnostics;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// A member's private keys in a room: one to sign with (ECDSA, P-256), one to receive keys with (ECDH, P-256). Better made anew for every room, so that the server
/// cannot tell from the ids that two members are one person. Shown by nothing. Safe to use from several threads until it is disposed of.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class MemberKey : IDisposable
{
    /// <summary>Bytes of an exported key: two private scalars and the public keys.</summary>
    public const int ExportSize = (2 * P256.ScalarSize) + MemberIdentity.PublicKeySize;

    private readonly Lock _lock = new();
    private readonly ECDsa _signing;
    private readonly ECDiffieHellman _agreement;

    private MemberKey(ECDsa signing, ECDiffieHellman agreement)
    {
        _signing = signing;
        _agreement = agreement;
        Span<byte> publicKey = stackalloc byte[MemberIdentity.PublicKeySize];
        P256.WritePublic(signing.ExportParameters(false), publicKey);
        P256.WritePublic(agreement.ExportParameters(false), publicKey[P256.PointSize..]);
        Identity = MemberIdentity.Import(publicKey);
    }

    /// <summary>The public keys, and the id that others know this member by. Disposed of with the key.</summary>
    public MemberIdentity Identity { get; }

    /// <summary>Makes new keys.</summary>
    public static MemberKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Takes keys from what <see cref="Export"/> gave.</summary>
    /// <param name="bytes"><see cref="ExportSize"/> bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length, not on the curve, or private and public keys do not belong together.</exception>
    public static MemberKey Import(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ExportSize)
        {
            throw CryptographyErrors.InvalidKey("a member key has another length");
        }

        var publicKey = bytes[(2 * P256.ScalarSize)..];
        var signing = ECDsa.Create();
        var agreement = ECDiffieHellman.Create();
        try
        {
            P256.Import(signing, bytes[..P256.ScalarSize], publicKey[..P256.PointSize]);
            P256.Import(agreement, bytes.Slice(P256.ScalarSize, P256.ScalarSize), publicKey[P256.PointSize..]);
            var key = new MemberKey(signing, agreement);
            return key.FitsTogether() ? key : throw CryptographyErrors.InvalidKey("private and public keys do not belong together");
        }
        catch (LoopException)
        {
            signing.Dispose();
            agreement.Dispose();
            throw;
        }
    }

    /// <summary>Writes the private and the public keys. Whoever takes them has to zero them.</summary>
    /// <param name="destination">At least <see cref="ExportSize"/> bytes.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int Export(Span<byte> destination)
    {
        if (destination.Length < ExportSize)
        {
            throw new ArgumentException($"A member key takes {ExportSize} bytes.", nameof(destination));
        }

        lock (_lock)
        {
            P256.WritePrivate(_signing.ExportParameters(true), destination);
            P256.WritePrivate(_agreement.ExportParameters(true), destination[P256.ScalarSize..]);
        }

        Identity.PublicKey.CopyTo(destination[(2 * P256.ScalarSize)..]);
        return ExportSize;
    }

    /// <summary>The member's id, and nothing of the private keys.</summary>
    public override string ToString() => $"{nameof(MemberKey)} ({Identity.Id})";

    /// <summary>Lets go of the keys, which the system's library zeroes.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _signing.Dispose();
            _agreement.Dispose();
            Identity.Dispose();
        }
    }

    internal void Sign(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        AuthorSignature.Digest(associatedData, content, digest);
        lock (_lock)
        {
            _signing.SignHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    internal SecretBytes Agree(ECDiffieHellmanPublicKey other)
    {
        lock (_lock)
        {
            return P256.Agree(_agreement, other);
        }
    }

    // Some platforms take any private key beside any public one.
    private bool FitsTogether()
    {
        Span<byte> signature = stackalloc byte[EnvelopeLayout.SignatureSize];
        Sign([], [], signature);
        if (!Identity.IsSignedBy([], [], signature))
        {
            return false;
        }

        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var own = Identity.AgreementKey();
        using var there = Agree(other.PublicKey);
        using var back = P256.Agree(other, own.PublicKey);
        return CryptographicOperations.FixedTimeEquals(there.Span, back.Span);
    }
}
