using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The keys of a subscription that stay with its receiver, and decrypt. Dispose of them after use. Safe for concurrent use.</summary>
public sealed class WebPushKeys : IDisposable
{
    /// <summary>The length of what <see cref="Export"/> gives, in bytes.</summary>
    public const int ExportSize = PushPoint.ScalarSize + WebPushRecipient.AuthSize;

    private readonly ECDiffieHellman _key;

    private WebPushKeys(ECDiffieHellman key, ReadOnlySpan<byte> auth)
    {
        _key = key;
        Recipient = new WebPushRecipient(PushPoint.Write(key.ExportParameters(includePrivateParameters: false)), auth);
    }

    /// <summary>What application servers are given.</summary>
    public WebPushRecipient Recipient { get; }

    internal ECDiffieHellman Key => _key;

    /// <summary>Makes new keys.</summary>
    public static WebPushKeys Generate() =>
        new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), RandomNumberGenerator.GetBytes(WebPushRecipient.AuthSize));

    /// <summary>Reads what <see cref="Export"/> gave.</summary>
    /// <param name="exported">The bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>.</exception>
    public static WebPushKeys Import(ReadOnlySpan<byte> exported)
    {
        if (exported.Length != ExportSize)
        {
            throw WebPushErrors.InvalidKey($"exported keys have {ExportSize} bytes; these have {exported.Length}");
        }

        var key = ECDiffieHellman.Create();
        try
        {
            PushPoint.ImportPrivate(key, exported[..PushPoint.ScalarSize]);
            return new(key, exported[PushPoint.ScalarSize..]);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The keys as bytes, to keep them in a safe place. Clear the array after use.</summary>
    public byte[] Export()
    {
        var scalar = PushPoint.ExportPrivate(_key);
        byte[] exported = [.. scalar, .. Recipient.Auth.Span];
        CryptographicOperations.ZeroMemory(scalar);
        return exported;
    }

    /// <summary>Clears the private key. Using the keys afterwards fails with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _key.Dispose();
}
