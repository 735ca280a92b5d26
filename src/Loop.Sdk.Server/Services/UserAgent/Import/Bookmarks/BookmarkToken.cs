using System.Net;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>A tag of a bookmark file, or the text up to the next one.</summary>
/// <param name="IsTag">Whether it is a tag; its text is then what is between the angle brackets.</param>
/// <param name="Text">The text, as it is there.</param>
internal readonly record struct BookmarkToken(bool IsTag, string Text)
{
    /// <summary>The tag's name in upper case, with a slash before it if it ends an element.</summary>
    public string Name => IsTag ? Text[..NameLength].ToUpperInvariant() : "";

    private int NameLength => Text.AsSpan().IndexOfAny(" \t\r\n") is >= 0 and var end ? end : Text.Length;

    /// <summary>The value of an attribute, decoded; null if there is none.</summary>
    public string? Attribute(string name)
    {
        for (var rest = Text.AsSpan(NameLength); ReadAttribute(ref rest, out var key, out var value);)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return WebUtility.HtmlDecode(value.ToString());
            }
        }

        return null;
    }

    private static bool ReadAttribute(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        rest = rest.TrimStart();
        var end = rest.IndexOfAny("= \t\r\n");
        name = end < 0 ? rest : rest[..end];
        value = default;
        rest = rest[name.Length..].TrimStart();
        if (rest is ['=', ..])
        {
            rest = rest[1..].TrimStart();
            var isQuoted = rest is ['"' or '\'', ..];
            var length = isQuoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(" \t\r\n");
            value = isQuoted ? rest.Slice(1, length < 0 ? rest.Length - 1 : length) : rest[..(length < 0 ? rest.Length : length)];
            rest = rest[Math.Min(rest.Length, value.Length + (isQuoted ? 2 : 0))..];
            return true;
        }

        return name.Length > 0;
    }
}
