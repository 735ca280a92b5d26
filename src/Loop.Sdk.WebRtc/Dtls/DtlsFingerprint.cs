using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>The hash of a certificate that a description names (RFC 8122, section 5).</summary>
/// <param name="Algorithm">One of the hashes that are accepted.</param>
/// <param name="Hash">The hash.</param>
internal sealed record DtlsFingerprint(HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Hash)
{
    // The weaker come first.
    private static readonly (string Name, HashAlgorithmName Algorithm, int Length)[] Known =
    [
        ("sha-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
        ("sha-384", HashAlgorithmName.SHA384, SHA384.HashSizeInBytes),
        ("sha-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
    ];

    public static DtlsFingerprint Of(ReadOnlySpan<byte> certificate) => new(HashAlgorithmName.SHA256, SHA256.HashData(certificate));

    /// <summary>Reads <c>sha-256 AB:CD:…</c>. False if it is malformed, or if its hash is not accepted.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DtlsFingerprint? fingerprint)
    {
        fingerprint = null;
        text = text.Trim(' ');
        var space = text.IndexOf(' ');
        if (space < 0)
        {
            return false;
        }

        foreach (var (name, algorithm, length) in Known)
        {
            if (text[..space].Equals(name, StringComparison.OrdinalIgnoreCase) && TryParseHex(text[(space + 1)..].TrimStart(' '), length) is { } hash)
            {
                fingerprint = new DtlsFingerprint(algorithm, hash);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a certificate is one of those named. Only the strongest hash that is named counts (RFC 8122, section 5.1).</summary>
    public static bool Match(IReadOnlyList<DtlsFingerprint> expected, ReadOnlySpan<byte> certificate)
    {
        var strongest = expected.Max(static fingerprint => fingerprint.Hash.Length);
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        var matches = false;
        foreach (var fingerprint in expected)
        {
            if (fingerprint.Hash.Length == strongest)
            {
                CryptographicOperations.HashData(fingerprint.Algorithm, certificate, hash);
                matches |= CryptographicOperations.FixedTimeEquals(fingerprint.Hash.Span, hash[..strongest]);
            }
        }

        return matches;
    }

    /// <summary>The attribute's value.</summary>
    public override string ToString()
    {
        var name = Array.Find(Known, known => known.Algorithm == Algorithm).Name;
        return name + " " + string.Join(':', Hash.ToArray().Select(static value => value.ToString("X2", null)));
    }

    private static byte[]? TryParseHex(ReadOnlySpan<char> text, int length)
    {
        if (text.Length != (length * 3) - 1)
        {
            return null;
        }

        var hash = new byte[length];
        for (var index = 0; index < length; index++)
        {
            var place = index * 3;
            if (!byte.TryParse(text.Slice(place, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out hash[index]) || (index > 0 && text[place - 1] != ':'))
            {
                return null;
            }
        }

        return hash;
    }
}
