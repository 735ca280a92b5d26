using System.Text;
using System.Text.Json;

namespace Loop.Sdk.Push;

/// <summary>Tokens of VAPID (RFC 8292): an application server signs for whom it speaks, to which push service, until when.</summary>
public static class VapidToken
{
    /// <summary>The longest that a token may be good for.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromHours(24);

    private static ReadOnlySpan<byte> Header => """{"typ":"JWT","alg":"ES256"}"""u8;

    /// <summary>Makes the value of the header <c>Authorization</c> for posts to a push service.</summary>
    /// <param name="keys">The application server's keys.</param>
    /// <param name="endpoint">An endpoint of the push service; only its origin matters.</param>
    /// <param name="subject">Whom the push service may write to: a <c>mailto:</c> or <c>https:</c> URI. Null for nobody, which some push services refuse.</param>
    /// <param name="expiresAt">Until when it is good, at most 24 hours from now. A token may be used for many posts.</param>
    /// <exception cref="ArgumentException">The endpoint is not absolute, or the subject is another URI.</exception>
    public static string CreateAuthorization(VapidKeys keys, Uri endpoint, string? subject, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!IsSubject(subject))
        {
            throw new ArgumentException("The subject is neither a mailto: nor an https: URI.", nameof(subject));
        }

        var token = $"{PushText.Encode(Header)}.{PushText.Encode(Claims(OriginOf(endpoint), subject, expiresAt))}";
        return $"vapid t={token}.{PushText.Encode(keys.Sign(Encoding.ASCII.GetBytes(token)))}, k={keys.ToPublicText()}";
    }

    /// <summary>The audience of tokens for an endpoint: its origin, without the scheme's own port.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <exception cref="ArgumentException">It is not absolute.</exception>
    public static string OriginOf(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.IsAbsoluteUri ? endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : throw new ArgumentException("The endpoint is not absolute.", nameof(endpoint));
    }

    internal static bool IsSubject(string? subject) => subject is null
        || (Uri.TryCreate(subject, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeMailto || uri.Scheme == Uri.UriSchemeHttps));

    private static byte[] Claims(string audience, string? subject, DateTimeOffset expiresAt)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("aud"u8, audience);
            writer.WriteNumber("exp"u8, expiresAt.ToUnixTimeSeconds());
            if (subject is not null)
            {
                writer.WriteString("sub"u8, subject);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
