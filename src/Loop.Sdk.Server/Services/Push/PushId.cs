using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.Push;

/// <summary>Ids that nobody can guess: 128 random bits, 22 characters of base64url. Secrets have twice as many.</summary>
internal static class PushId
{
    public const int Length = 22;
    public const int SecretLength = 43;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsId([NotNullWhen(true)] string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Alphabet);

    public static bool IsSecret([NotNullWhen(true)] string? text) => text is { Length: SecretLength } && !text.AsSpan().ContainsAnyExcept(Alphabet);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public static bool Matches(string secret, ReadOnlyMemory<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash.Span);

    /// <summary>Whether it is a channel: a UUID in its one form of lower case with dashes.</summary>
    public static bool IsChannel([NotNullWhen(true)] string? text) =>
        Guid.TryParseExact(text, "D", out var uuid) && text == uuid.ToString("D") && text != Sdk.Push.PushMessage.NotificationsChannel;
}
