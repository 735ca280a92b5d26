using System.Diagnostics.CodeAnalysis;
using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Holds what user agents send to its bounds, and takes control characters out of texts: nothing that is stored has any.</summary>
internal static class UserAgentChecks
{
    public const int MaxUrl = UserAgentStorageLimits.MaxUrl;
    public const int MaxTitle = UserAgentStorageLimits.MaxTitle;
    public const int MaxExcerpt = UserAgentStorageLimits.MaxExcerpt;
    public const int MaxText = UserAgentStorageLimits.MaxText;
    public const int MaxQuery = 1024;
    public const int MaxLimit = 500;
    public const int MaxResults = 100;

    private const int MaxReason = 64;
    private const int MaxKey = 64;

    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // What runs in whoever goes there, is no place, or hides such an address.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase) { "javascript", "vbscript", "data", "blob", "filesystem", "view-source", "jar" };

    public static string Url(string? url)
    {
        if (url is not null && Encoding.UTF8.GetByteCount(url) > MaxUrl)
        {
            throw UserAgentErrors.TooLarge("URL", MaxUrl);
        }

        return IsUrl(url) ? url : throw UserAgentErrors.Of(ErrorCodes.InvalidUrl);
    }

    /// <summary>Whether an address can be kept.</summary>
    public static bool IsPlace([NotNullWhen(true)] string? url) => IsUrl(url) && Encoding.UTF8.GetByteCount(url) <= MaxUrl;

    /// <summary>A text without control characters, cut to what may be kept; null if there is nothing in it.</summary>
    public static string? Cut(string? text, int most)
    {
        var clean = Clean(text is null || text.Length <= most ? text ?? "" : text[..most]);
        if (string.IsNullOrWhiteSpace(clean))
        {
            return null;
        }

        // What is no character becomes one, so that it is counted as it is stored.
        var bytes = Encoding.UTF8.GetBytes(clean);
        var length = Math.Min(bytes.Length, most);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    public static string? Title(string? title) => Text(title, MaxTitle, "title");

    public static string? Excerpt(string? excerpt) => Text(excerpt, MaxExcerpt, "excerpt");

    /// <summary>A text of something; null if there is nothing in it.</summary>
    public static string? Text(string? text, int most, string what)
    {
        if (text is null)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) > most)
        {
            throw UserAgentErrors.TooLarge(what, most);
        }

        var clean = Clean(text);
        return string.IsNullOrWhiteSpace(clean) ? null : clean;
    }

    /// <summary>Microseconds since 1970.</summary>
    public static long Time(DateTimeOffset time, DateTimeOffset now) =>
        time >= Earliest && time <= now + Tolerance ? Micros(time) : throw UserAgentErrors.Of(ErrorCodes.InvalidTime);

    /// <summary>Whether a time can be kept.</summary>
    public static bool IsTime(long micros, DateTimeOffset now) => micros >= Micros(Earliest) && micros <= Micros(now + Tolerance);

    public static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    [return: NotNullIfNotNull(nameof(key))]
    public static string? Key(string? key) => key is null || RequestCheck.IsVisible(key, 1, MaxKey) ? key : throw RequestCheck.Invalid($"The key is not 1 to {MaxKey} visible ASCII characters.");

    public static string? Reason(string? reason) =>
        reason is null || RequestCheck.IsVisible(reason, 1, MaxReason) ? reason : throw RequestCheck.Invalid($"The reason is not 1 to {MaxReason} visible ASCII characters.");

    public static long Session(long session) => session > 0 ? session : throw UserAgentErrors.Of(ErrorCodes.SessionNotFound);

    public static int Limit(int limit, int most) => limit >= 1 && limit <= most ? limit : throw RequestCheck.Invalid($"The limit is not between 1 and {most}.");

    public static string Query(string? query) => query is null ? throw RequestCheck.Invalid("The query is missing.")
        : Encoding.UTF8.GetByteCount(query) > MaxQuery ? throw UserAgentErrors.TooLarge("query", MaxQuery)
        : query;

    private static bool IsUrl([NotNullWhen(true)] string? url)
    {
        // What is trimmed or skipped by those who read it could be read as something else.
        if (string.IsNullOrEmpty(url) || url.AsSpan().ContainsAnyInRange('\0', ' ') || HasControl(url) || !IsWellFormed(url))
        {
            return false;
        }

        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 ? url[..colon] : "";
        if (colon < 1 || colon == url.Length - 1 || !Uri.CheckSchemeName(scheme) || Refused.Contains(scheme))
        {
            return false;
        }

        var isWeb = scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) || scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && (!isWeb || (uri.Host.Length > 0 && url.AsSpan(colon + 1).StartsWith("//")));
    }

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !(char.IsHighSurrogate(text[index]) && ++index < text.Length && char.IsLowSurrogate(text[index])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasControl(string text) => text.Any(char.IsControl);

    private static string Clean(string text) => HasControl(text)
        ? string.Create(text.Length, text, static (clean, text) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                clean[index] = char.IsControl(text[index]) ? ' ' : text[index];
            }
        })
        : text;
}
