using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server;

/// <summary>The SHA-256 of a resume secret, which is all that the server keeps of it.</summary>
[InlineArray(SHA256.HashSizeInBytes)]
internal struct SecretHash
{
    private byte _first;

    /// <summary>Makes a new secret of 256 random bits.</summary>
    public static SecretHash New(out string secret)
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        secret = Base64Url.EncodeToString(bytes);
        return Of(secret);
    }

    public static SecretHash Of(string secret)
    {
        SecretHash hash = default;
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        return hash;
    }

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public readonly bool Matches(in SecretHash other) => CryptographicOperations.FixedTimeEquals(this, other);
}
