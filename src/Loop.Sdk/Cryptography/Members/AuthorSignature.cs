using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>What an author signs: <c>loop.v2/author</c>, SHA-256 of the associated data, SHA-256 of the content. So a signature counts in one place only.</summary>
internal static class AuthorSignature
{
    private static ReadOnlySpan<byte> Label => "loop.v2/author"u8;

    public static void Digest(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> content, Span<byte> digest)
    {
        Span<byte> message = stackalloc byte[Label.Length + (2 * SHA256.HashSizeInBytes)];
        Label.CopyTo(message);
        SHA256.HashData(associatedData, message[Label.Length..]);
        SHA256.HashData(content, message[^SHA256.HashSizeInBytes..]);
        SHA256.HashData(message, digest);
    }
}
