using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A client's half of Hawk, written without looking at the server's.</summary>
internal sealed class HawkSigner
{
    public HawkSigner(string token)
    {
        // HKDF by hand: extract with a salt of zeros, then two blocks.
        var prk = HMACSHA256.HashData(new byte[32], Convert.FromHexString(token));
        var info = Encoding.ASCII.GetBytes("identity.mozilla.com/picl/v1/sessionToken");
        var first = HMACSHA256.HashData(prk, (byte[])[.. info, 1]);
        var second = HMACSHA256.HashData(prk, (byte[])[.. first, .. info, 2]);
        Id = Convert.ToHexStringLower(first);
        Key = Convert.ToHexStringLower(second);
    }

    public string Id { get; }

    public string Key { get; }

    public string Mac(string text) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key), Encoding.UTF8.GetBytes(text)));

    public static string Hash(string type, string body) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"hawk.1.payload\n{type}\n{body}\n")));

    /// <summary>The header of a request.</summary>
    public string Sign(string method, Uri url, long second, string nonce, string? hash = null, string? ext = null, string? app = null, string? dlg = null)
    {
        var text = Normal("header", method, url, second, nonce, hash, ext) + (app is null ? "" : $"{app}\n{dlg}\n");
        var header = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"Hawk id=\"{Id}\", ts=\"{second}\", nonce=\"{nonce}\", mac=\"{Mac(text)}\""));
        foreach (var (name, value) in new[] { ("hash", hash), ("ext", ext), ("app", app), ("dlg", dlg) })
        {
            if (value is not null)
            {
                header.Append(CultureInfo.InvariantCulture, $", {name}=\"{value}\"");
            }
        }

        return header.ToString();
    }

    /// <summary>What the server's answer to a request has to be signed with.</summary>
    public string Response(string method, Uri url, long second, string nonce) => $"Hawk mac=\"{Mac(Normal("response", method, url, second, nonce, null, null))}\"";

    private static string Normal(string type, string method, Uri url, long second, string nonce, string? hash, string? ext) =>
        string.Create(CultureInfo.InvariantCulture, $"hawk.1.{type}\n{second}\n{nonce}\n{method}\n{url.PathAndQuery}\n{url.Host}\n{url.Port}\n{hash}\n{ext}\n");
}
