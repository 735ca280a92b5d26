using System.Security.Cryptography;
using Loop.Sdk.Push;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>Finds out who posts (RFC 8292), and whether they may.</summary>
internal sealed class PushAuthorization(PushCore core)
{
    private readonly VapidVerifier _verifier = new();

    /// <summary>Who posts; null if they do not say.</summary>
    public VapidIdentity? Identify(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            return null;
        }

        if (authorization.Count > 1)
        {
            throw Refused("There are two headers Authorization.");
        }

        var cryptoKey = request.Headers["Crypto-Key"].ToString();
        if (IsOfDrafts(authorization[0]!) && string.IsNullOrEmpty(CryptoHeader.Find(cryptoKey, "p256ecdsa")))
        {
            throw new PushRefusedException(PushProblem.Crypto("The token has a scheme of the drafts before RFC 8292, and the header Crypto-Key has no p256ecdsa= with the public key."));
        }

        try
        {
            return _verifier.Verify(authorization[0]!, cryptoKey, core.Addresses.Origin, core.Time.GetUtcNow());
        }
        catch (LoopException error)
        {
            throw Refused(error.Message);
        }
    }

    /// <summary>Refuses all but the application server that a subscription is for.</summary>
    public static void Check(ReadOnlyMemory<byte> key, VapidIdentity? identity)
    {
        if (key.IsEmpty)
        {
            return;
        }

        if (identity is null)
        {
            throw Refused("The subscription is for one application server: the header Authorization has to have its VAPID token.");
        }

        if (!CryptographicOperations.FixedTimeEquals(key.Span, identity.PublicKey.Span))
        {
            throw Refused("VAPID: the public key is not the one that the subscription was made for.");
        }
    }

    private static bool IsOfDrafts(string authorization)
    {
        var text = authorization.AsSpan().Trim();
        return IsScheme(text, "bearer") || IsScheme(text, "webpush");
    }

    // Without a token it is refused for that.
    private static bool IsScheme(ReadOnlySpan<char> text, ReadOnlySpan<char> scheme) =>
        text.Length > scheme.Length && text[scheme.Length] == ' ' && text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    private static PushRefusedException Refused(string message) => new(PushProblem.Unauthorized(message));
}
