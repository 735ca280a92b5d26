using System.Security.Cryptography;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a session's token gives: an id that is sent, and a key that is not.</summary>
/// <param name="Id">64 characters.</param>
/// <param name="Key">64 characters, which are used as they are, not as the bytes that they could stand for.</param>
internal sealed record HawkCredentials(string Id, string Key)
{
    public const int TokenSize = 32;

    private const int PartSize = 32;

    private static ReadOnlySpan<byte> Info => "identity.mozilla.com/picl/v1/sessionToken"u8;

    public static HawkCredentials Derive(ReadOnlySpan<byte> token)
    {
        Span<byte> derived = stackalloc byte[2 * PartSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, token, derived, salt: default, Info);
        var credentials = new HawkCredentials(Convert.ToHexStringLower(derived[..PartSize]), Convert.ToHexStringLower(derived[PartSize..]));
        CryptographicOperations.ZeroMemory(derived);
        return credentials;
    }

    public override string ToString() => "Hawk credentials";
}
