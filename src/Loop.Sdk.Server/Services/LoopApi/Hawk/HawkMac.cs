using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Hawk's message authentication codes and hashes, all in base64.</summary>
internal static class HawkMac
{
    /// <summary>That of a request.</summary>
    public static string OfRequest(ReadOnlySpan<byte> key, HawkHeader header, in HawkTarget target) => Of("hawk.1.header", key, header, target, header.Hash, header.Ext);

    /// <summary>That of the answer to a request. Bodies of answers are not hashed.</summary>
    public static string OfResponse(ReadOnlySpan<byte> key, HawkHeader header, in HawkTarget target) => Of("hawk.1.response", key, header, target, hash: null, ext: null);

    /// <summary>That of the server's time, seconds since 1970, for clients whose clock is wrong.</summary>
    public static string OfTime(ReadOnlySpan<byte> key, long second) => Compute(key, string.Create(CultureInfo.InvariantCulture, $"hawk.1.ts\n{second}\n"));

    /// <summary>The hash of a body.</summary>
    /// <param name="contentType">The header Content-Type, whose parameters do not count.</param>
    /// <param name="body">The body.</param>
    public static string OfPayload(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"hawk.1.payload\n{type}\n"));
        hash.AppendData(body);
        hash.AppendData("\n"u8);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Compares in a time that does not depend on what is compared.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Of(string type, ReadOnlySpan<byte> key, HawkHeader header, in HawkTarget target, string? hash, string? ext)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{type}\n{header.Ts}\n{header.Nonce}\n{target.Method}\n{target.Resource}\n{target.Host}\n{target.Port}\n{hash}\n{ext}\n");
        return Compute(key, header.App is { } app ? $"{text}{app}\n{header.Dlg}\n" : text);
    }

    private static string Compute(ReadOnlySpan<byte> key, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), mac);
            return Convert.ToBase64String(mac);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
