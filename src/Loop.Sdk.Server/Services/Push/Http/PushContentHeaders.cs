using System.Security.Cryptography;
using Loop.Sdk.Push;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>The headers of a post that say how its body is encrypted, as the receiver gets them: without quotes and padding.</summary>
internal readonly record struct PushContentHeaders(string? Encoding, string? Encryption, string? CryptoKey)
{
    private const int Longest = 2048;

    /// <param name="headers">The headers.</param>
    /// <param name="body">The body; empty for none, which needs no headers.</param>
    /// <param name="mayBePlain">Whether a body may come without a word on its encoding.</param>
    /// <param name="identity">Who posts.</param>
    public static PushContentHeaders Read(IHeaderDictionary headers, ReadOnlySpan<byte> body, bool mayBePlain, VapidIdentity? identity)
    {
        if (body.IsEmpty)
        {
            return default;
        }

        var encoding = headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        var encryption = Read(headers, "Encryption");
        var cryptoKey = Read(headers, "Crypto-Key");
        switch (encoding)
        {
            case WebPushEncryption.ContentEncoding:
                CheckCurrent(encryption, cryptoKey, body, identity);
                return new(encoding, null, null);
            case LegacyWebPushEncryption.ContentEncoding:
                CheckLegacy(encryption, cryptoKey, identity);
                return new(encoding, encryption, cryptoKey);
            case "" when mayBePlain:
                return default;
            default:
                throw Refused("A body needs the header Content-Encoding: aes128gcm, or aesgcm.");
        }
    }

    private static void CheckCurrent(string? encryption, string? cryptoKey, ReadOnlySpan<byte> body, VapidIdentity? identity)
    {
        if (CryptoHeader.Find(encryption, "salt") is not null)
        {
            throw Refused("The salt of aes128gcm is in the body: the header Encryption must not have salt=.");
        }

        if (CryptoHeader.Find(cryptoKey, "dh") is not null)
        {
            throw Refused("The key of aes128gcm is in the body: the header Crypto-Key must not have dh=.");
        }

        if (body.Length >= RecordCoding.HeaderSize + PushPoint.Size)
        {
            CheckOwnKey(body.Slice(RecordCoding.HeaderSize, PushPoint.Size), identity);
        }
    }

    private static void CheckLegacy(string? encryption, string? cryptoKey, VapidIdentity? identity)
    {
        if (string.IsNullOrEmpty(CryptoHeader.Find(encryption, "salt")))
        {
            throw Refused("aesgcm needs the header Encryption with salt=.");
        }

        if (cryptoKey is null)
        {
            return;
        }

        var key = CryptoHeader.Find(cryptoKey, "dh");
        if (string.IsNullOrEmpty(key))
        {
            throw Refused("aesgcm needs dh= in the header Crypto-Key.");
        }

        CheckOwnKey(PushText.TryDecode(key, PushPoint.Size), identity);
    }

    // RFC 8291 section 2.1.
    private static void CheckOwnKey(ReadOnlySpan<byte> key, VapidIdentity? identity)
    {
        if (identity is not null && CryptographicOperations.FixedTimeEquals(key, identity.PublicKey.Span))
        {
            throw Refused("The message is encrypted with the key of VAPID, which must not be: make a new key for each message.");
        }
    }

    private static string? Read(IHeaderDictionary headers, string name)
    {
        var values = headers[name];
        if (values.Count == 0)
        {
            return null;
        }

        var text = values.ToString();
        return text.Length <= Longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? CryptoHeader.Normalize(text)
            : throw Refused($"The header {name} has more than {Longest} characters, or others than ASCII.");
    }

    private static PushRefusedException Refused(string message) => new(PushProblem.Crypto(message));
}
