using System.Text;

namespace Loop.Sdk.Push;

/// <summary>The syntax of the headers <c>Encryption</c> and <c>Crypto-Key</c>: sections after commas, parameters after semicolons, values perhaps in double quotes.</summary>
internal static class CryptoHeader
{
    /// <summary>The value of the first parameter with this name, without quotes and padding; null if there is none.</summary>
    public static string? Find(string? header, string name)
    {
        foreach (var range in Parameters(header, out var text))
        {
            if (TrySplit(text[range], out var key, out var value) && key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value.ToString();
            }
        }

        return null;
    }

    /// <summary>The header without quotes, and without the padding of values, as receivers get it.</summary>
    public static string Normalize(string header)
    {
        var normal = new StringBuilder(header.Length);
        foreach (var section in header.Split(','))
        {
            normal.Append(normal.Length > 0 ? "," : "");
            var isFirst = true;
            foreach (var parameter in section.Split(';'))
            {
                normal.Append(isFirst ? "" : ";").Append(TrySplit(parameter, out var key, out var value) ? $"{key}={value}" : parameter.Trim());
                isFirst = false;
            }
        }

        return normal.ToString();
    }

    private static MemoryExtensions.SpanSplitEnumerator<char> Parameters(string? header, out ReadOnlySpan<char> text)
    {
        text = header;
        return text.SplitAny(",;");
    }

    private static bool TrySplit(ReadOnlySpan<char> parameter, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        var equals = parameter.IndexOf('=');
        key = equals < 0 ? default : parameter[..equals].Trim();
        value = equals < 0 ? default : parameter[(equals + 1)..].Trim().Trim('"').TrimEnd('=');
        return equals >= 0;
    }
}
