using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Bench.Load.Workloads.LoopApi;

/// <summary>Signs requests as a client of the API does.</summary>
internal sealed class HawkClient
{
    private const int PartSize = 32;

    private readonly string _id;
    private readonly byte[] _key;
    private readonly int _port;
    private long _nonce;

    public HawkClient(string token, int port)
    {
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromHexString(token), 2 * PartSize, info: "identity.mozilla.com/picl/v1/sessionToken"u8.ToArray());
        _id = Convert.ToHexStringLower(derived.AsSpan(0, PartSize));
        _key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(derived.AsSpan(PartSize)));
        _port = port;
    }

    /// <summary>The header of a request.</summary>
    public string Sign(string method, string path)
    {
        var second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var nonce = (++_nonce).ToString("x", CultureInfo.InvariantCulture);
        var text = string.Create(CultureInfo.InvariantCulture, $"hawk.1.header\n{second}\n{nonce}\n{method}\n{path}\n127.0.0.1\n{_port}\n\n\n");
        var mac = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));
        return string.Create(CultureInfo.InvariantCulture, $"Hawk id=\"{_id}\", ts=\"{second}\", nonce=\"{nonce}\", mac=\"{mac}\"");
    }
}
