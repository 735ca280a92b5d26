namespace Loop.Sdk.Push;

/// <summary>The token and the key of a request, from the header of RFC 8292, or from those of the drafts before it.</summary>
internal readonly struct VapidHeader(string token, byte[] publicKey)
{
    /// <summary>Longer than any sensible token and key.</summary>
    private const int MaxLength = 4096;

    public string Token { get; } = token;

    public byte[] PublicKey { get; } = publicKey;

    /// <exception cref="LoopException"><c>vapid_refused</c>.</exception>
    public static VapidHeader Parse(string authorization, string? cryptoKey)
    {
        if (authorization.Length > MaxLength)
        {
            throw WebPushErrors.Vapid($"the header Authorization is longer than {MaxLength} characters");
        }

        var text = authorization.AsSpan().Trim();
        var space = text.IndexOf(' ');
        var scheme = space < 0 ? text : text[..space];
        var rest = space < 0 ? default : text[(space + 1)..].Trim();
        var (token, key) = scheme.Equals("vapid", StringComparison.OrdinalIgnoreCase) ? Parameters(rest)
            : scheme.Equals("webpush", StringComparison.OrdinalIgnoreCase) || scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase)
                ? (rest.ToString(), CryptoHeader.Find(cryptoKey, "p256ecdsa"))
                : throw WebPushErrors.Vapid("the scheme of the header Authorization is none of vapid, webpush and bearer");
        if (string.IsNullOrEmpty(token))
        {
            throw WebPushErrors.Vapid("the header Authorization has no token");
        }

        if (string.IsNullOrEmpty(key))
        {
            throw WebPushErrors.Vapid("there is no public key: neither k= in the header Authorization, nor p256ecdsa= in Crypto-Key for the schemes of the drafts");
        }

        var point = PushText.TryDecode(key, PushPoint.Size);
        return PushPoint.IsUncompressed(point)
            ? new(token, point!)
            : throw WebPushErrors.Vapid($"the public key is no base64url of an uncompressed P-256 point of {PushPoint.Size} bytes");
    }

    private static (string? Token, string? Key) Parameters(ReadOnlySpan<char> text)
    {
        string? token = null, key = null;
        foreach (var range in text.Split(','))
        {
            var parameter = text[range].Trim();
            if (parameter.StartsWith("t=", StringComparison.OrdinalIgnoreCase))
            {
                token = token is null ? Value(parameter) : throw WebPushErrors.Vapid("there are two tokens");
            }
            else if (parameter.StartsWith("k=", StringComparison.OrdinalIgnoreCase))
            {
                key = key is null ? Value(parameter) : throw WebPushErrors.Vapid("there are two public keys");
            }
        }

        return (token, key);
    }

    private static string Value(ReadOnlySpan<char> parameter) => parameter[2..].Trim().Trim('"').ToString();
}
