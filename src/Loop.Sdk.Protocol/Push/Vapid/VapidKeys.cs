using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The keys by which an application server says who it is (VAPID, RFC 8292). Subscriptions can be bound to the public one. Safe for concurrent use.</summary>
public sealed class VapidKeys : IDisposable
{
    /// <summary>The length of <see cref="PublicKey"/> in bytes.</summary>
    public const int PublicKeySize = PushPoint.Size;

    /// <summary>The length of <see cref="Export"/> in bytes.</summary>
    public const int PrivateKeySize = PushPoint.ScalarSize;

    private readonly ECDsa _key;
    private readonly byte[] _public;

    private VapidKeys(ECDsa key)
    {
        _key = key;
        _public = PushPoint.Write(key.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>The public key, an uncompressed point of 65 bytes: what is given to <c>subscribe</c> as the application server key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _public;

    /// <summary>Makes new keys.</summary>
    public static VapidKeys Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="Export"/> gave.</summary>
    /// <param name="privateKey">The private key, 32 bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>.</exception>
    public static VapidKeys Import(ReadOnlySpan<byte> privateKey)
    {
        var key = ECDsa.Create();
        try
        {
            PushPoint.ImportPrivate(key, privateKey);
            return new(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key, to keep it in a safe place. Clear the array after use.</summary>
    public byte[] Export() => PushPoint.ExportPrivate(_key);

    /// <summary>The public key as browsers take it: base64url.</summary>
    public string ToPublicText() => PushText.Encode(_public);

    /// <summary>Clears the private key.</summary>
    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
