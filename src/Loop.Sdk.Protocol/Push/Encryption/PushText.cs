using System.Buffers;
using System.Buffers.Text;

namespace Loop.Sdk.Push;

/// <summary>Base64url as Web Push meets it: written without padding; read with padding too, and in the standard alphabet.</summary>
internal static class PushText
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes at most so many bytes; null for anything else than base64.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<char> text, int most)
    {
        text = text.TrimEnd('=');
        if (text.Length > Base64Url.GetEncodedLength(most))
        {
            return null;
        }

        Span<char> url = stackalloc char[text.Length];
        text.Replace(url, '+', '-');
        url.Replace('/', '_');

        // The decoder would skip white space.
        if (url.ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var bytes = new byte[most];
        return Base64Url.DecodeFromChars(url, bytes, out _, out var written) == OperationStatus.Done ? bytes[..written] : null;
    }

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
