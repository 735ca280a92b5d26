using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The keys of a subscription that its application server is given: those that browsers call <c>p256dh</c> and <c>auth</c>. Whoever has them can encrypt for the subscription.</summary>
public sealed class WebPushRecipient
{
    /// <summary>The length of <see cref="Auth"/> in bytes.</summary>
    public const int AuthSize = 16;

    private readonly byte[] _publicKey;
    private readonly byte[] _auth;

    /// <summary>Takes the keys.</summary>
    /// <param name="publicKey">The public key: an uncompressed point of P-256, 65 bytes.</param>
    /// <param name="auth">The authentication secret, 16 bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length, or not on the curve.</exception>
    public WebPushRecipient(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> auth)
    {
        using (var checking = ECDiffieHellman.Create())
        {
            PushPoint.Import(checking, publicKey);
        }

        if (auth.Length != AuthSize)
        {
            throw WebPushErrors.InvalidKey($"an authentication secret has {AuthSize} bytes; this has {auth.Length}");
        }

        _publicKey = publicKey.ToArray();
        _auth = auth.ToArray();
    }

    /// <summary>The public key, an uncompressed point of 65 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>The authentication secret, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Auth => _auth;

    /// <summary>Reads the keys as browsers give them, base64url with or without padding.</summary>
    /// <param name="p256dh">The public key.</param>
    /// <param name="auth">The authentication secret.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>.</exception>
    public static WebPushRecipient Parse(string p256dh, string auth)
    {
        ArgumentNullException.ThrowIfNull(p256dh);
        ArgumentNullException.ThrowIfNull(auth);
        return new(
            PushText.TryDecode(p256dh, PushPoint.Size) ?? throw WebPushErrors.InvalidKey("p256dh is no base64url of 65 bytes"),
            PushText.TryDecode(auth, AuthSize) ?? throw WebPushErrors.InvalidKey("auth is no base64url of 16 bytes"));
    }

    /// <summary>The public key as browsers give it.</summary>
    public string ToP256dh() => PushText.Encode(_publicKey);

    /// <summary>The authentication secret as browsers give it.</summary>
    public string ToAuth() => PushText.Encode(_auth);
}
