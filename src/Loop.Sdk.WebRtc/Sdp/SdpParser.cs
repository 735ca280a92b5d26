using System.Globalization;

namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>
/// Reads descriptions (RFC 8866, 8839, 8841, 8842, 9143). Lines and attributes that are not known are passed over; malformed ones that are known, and descriptions beyond the bounds, are
/// refused with <c>invalid_description</c>.
/// </summary>
internal static class SdpParser
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    public const int MaxMediaSections = 64;
    private const int MaxBundle = MaxMediaSections;
    private const int LongestToken = 256;

    /// <exception cref="LoopException"><c>invalid_description</c>.</exception>
    public static SdpDescription Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw Invalid($"It is longer than {MaxLength} characters.");
        }

        var description = new SdpDescription();
        var session = new SdpSectionReader(null);
        var media = new List<SdpSectionReader>();
        var rest = text.AsSpan();
        var number = 0;
        while (!rest.IsEmpty)
        {
            var line = NextLine(ref rest);
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length < 2 || line[1] != '=' || line[0] is < 'a' or > 'z' || (number++ == 0 && line is not "v=0"))
            {
                throw Invalid("It does not have the form of a session description.");
            }

            var value = line[2..];
            switch (line[0])
            {
                case 'o':
                    description = ReadOrigin(description, value);
                    break;
                case 'm' when media.Count == MaxMediaSections:
                    throw Invalid("It has too many media sections.");
                case 'm':
                    media.Add(new SdpSectionReader(session, value));
                    break;
                case 'a' when media.Count == 0 && value is "ice-lite":
                    description = description with { IsIceLite = true };
                    break;
                case 'a' when media.Count == 0 && value.StartsWith("group:BUNDLE", StringComparison.Ordinal):
                    description = description with { Bundle = ReadBundle(value["group:BUNDLE".Length..]) };
                    break;
                case 'a':
                    (media.Count == 0 ? session : media[^1]).Read(value);
                    break;
            }
        }

        return number == 0 ? throw Invalid("It is empty.") : description with { Media = [.. media.Select(static section => section.ToMedia())] };
    }

    public static LoopException Invalid(string reason) => new(ErrorCodes.InvalidDescription, $"The session description cannot be used. {reason}");

    /// <summary>A number of digits only, up to <paramref name="most"/>.</summary>
    public static long ReadNumber(ReadOnlySpan<char> text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : throw Invalid("A number is malformed.");

    /// <summary>A word without blanks or control characters.</summary>
    public static string ReadToken(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > LongestToken)
        {
            throw Invalid("A name is missing or too long.");
        }

        foreach (var character in text)
        {
            if (character is <= ' ' or > '~')
            {
                throw Invalid("A name has characters that names do not have.");
            }
        }

        return text.ToString();
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.TrimEnd('\r');
    }

    private static SdpDescription ReadOrigin(SdpDescription description, ReadOnlySpan<char> value)
    {
        Span<Range> parts = stackalloc Range[7];
        // Some ends write random numbers beyond 2^63, which nothing depends on.
        return value.Split(parts, ' ') == 6
            && ulong.TryParse(value[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && ulong.TryParse(value[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? description with { SessionId = id, Version = version }
            : throw Invalid("Its origin is malformed.");
    }

    private static List<string> ReadBundle(ReadOnlySpan<char> value)
    {
        var names = new List<string>();
        foreach (var part in value.Split(' '))
        {
            if (!value[part].IsEmpty)
            {
                names.Add(ReadToken(value[part]));
            }
        }

        return names.Count <= MaxBundle ? names : throw Invalid("Its group is too large.");
    }
}
