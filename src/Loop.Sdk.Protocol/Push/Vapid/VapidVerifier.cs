using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Push;

/// <summary>Verifies who posts to an endpoint (RFC 8292, and the drafts before it that senders still use). A token that was verified is remembered, since senders repeat theirs for hours. Safe for concurrent use.</summary>
/// <param name="capacity">How many verified tokens are remembered, at least 2. About 500 bytes each.</param>
public sealed class VapidVerifier(int capacity = 4096)
{
    private const int SignatureSize = 64;

    private readonly RecentTokens _recent = new(capacity);

    /// <summary>Verifies the headers of a post.</summary>
    /// <param name="authorization">The header <c>Authorization</c>: <c>vapid t=…, k=…</c>, or <c>bearer</c> or <c>webpush</c> with a token.</param>
    /// <param name="cryptoKey">The header <c>Crypto-Key</c>, in which the drafts have the public key; null if there is none.</param>
    /// <param name="audience">The origin of the endpoint, as <see cref="VapidToken.OriginOf"/> gives it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="LoopException"><c>vapid_refused</c>; the message says which part is wrong, what was expected, and what was there.</exception>
    public VapidIdentity Verify(string authorization, string? cryptoKey, string audience, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        var fingerprint = Fingerprint(authorization, cryptoKey, audience);
        if (_recent.Find(fingerprint) is { } known && known.ExpiresAt > now)
        {
            return known;
        }

        var identity = VerifyAnew(VapidHeader.Parse(authorization, cryptoKey), audience, now);
        _recent.Add(fingerprint, identity);
        return identity;
    }

    internal static VapidIdentity VerifyAnew(in VapidHeader header, string audience, DateTimeOffset now)
    {
        var token = header.Token.AsSpan();
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (first < 0 || last == first || token[(first + 1)..last].Contains('.'))
        {
            throw WebPushErrors.Vapid("the token has to be three parts with dots between them");
        }

        VapidClaims.CheckHeader(Decode(token[..first], "header"));
        var claims = VapidClaims.Check(Decode(token[(first + 1)..last], "body"), audience, now);
        var signature = Decode(token[(last + 1)..], "signature");
        if (signature.Length != SignatureSize)
        {
            throw WebPushErrors.Vapid($"the token's signature has to be {SignatureSize} bytes, r and s, and has {signature.Length}");
        }

        return IsSigned(header.PublicKey, Encoding.UTF8.GetBytes(header.Token, 0, last), signature)
            ? new(header.PublicKey, claims.Subject, claims.ExpiresAt)
            : throw WebPushErrors.Vapid("the token was not signed with this public key");
    }

    private static bool IsSigned(byte[] publicKey, byte[] data, byte[] signature)
    {
        using var key = ECDsa.Create();
        try
        {
            PushPoint.Import(key, publicKey);
        }
        catch (LoopException)
        {
            throw WebPushErrors.Vapid("the public key is not on the curve P-256");
        }

        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Decode(ReadOnlySpan<char> part, string name)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            throw WebPushErrors.Vapid($"the token's {name} is no base64url");
        }
    }

    // What is verified is remembered under all that it was verified with.
    private static TokenFingerprint Fingerprint(string authorization, string? cryptoKey, string audience)
    {
        TokenFingerprint fingerprint = default;
        SHA256.HashData(Encoding.UTF8.GetBytes($"{authorization}\0{cryptoKey}\0{audience}"), fingerprint);
        return fingerprint;
    }
}
