using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The attributes of a header <c>Authorization: Hawk …</c>.</summary>
internal sealed record HawkHeader
{
    private const int MaxLength = 4096;
    private const int IdLength = 64;
    private const int MaxNonce = 128;

    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public string Id { get; private init; } = "";

    public string Ts { get; private init; } = "";

    /// <summary><see cref="Ts"/> as a number, seconds since 1970.</summary>
    public long Second { get; private init; }

    public string Nonce { get; private init; } = "";

    public string Mac { get; private init; } = "";

    public string? Hash { get; private init; }

    public string? Ext { get; private init; }

    public string? App { get; private init; }

    public string? Dlg { get; private init; }

    /// <summary>Reads what stands after the scheme.</summary>
    /// <param name="text">The attributes.</param>
    /// <param name="header">What was read.</param>
    /// <param name="error">What is wrong, if it could not be.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out HawkHeader? header, [NotNullWhen(false)] out string? error)
    {
        header = null;
        error = text.Length > MaxLength ? "Header length too long" : null;
        var read = new HawkHeader();
        var seen = 0;
        for (var rest = text.Trim(' '); error is null && (!rest.IsEmpty || seen == 0);)
        {
            var equals = rest.IndexOf("=\"");
            if (equals <= 0)
            {
                error = "Bad header format";
                break;
            }

            var name = rest[..equals];
            rest = rest[(equals + 2)..];
            var end = rest.IndexOf('"');
            var bit = BitOf(name);
            if (bit == 0 || (seen & bit) != 0 || end < 0 || rest[..end].ContainsAnyExcept(ValueCharacters))
            {
                error = bit == 0 ? "Unknown attribute" : (seen & bit) != 0 ? $"Duplicate attribute: {name}" : $"Bad attribute value: {name}";
                break;
            }

            seen |= bit;
            read = With(read, bit, rest[..end].ToString());
            rest = rest[(end + 1)..].TrimStart(' ');
            if (!rest.IsEmpty)
            {
                error = rest[0] == ',' && !rest[1..].Trim(' ').IsEmpty ? null : "Bad header format";
                rest = rest[1..].TrimStart(' ');
            }
        }

        var second = 0L;
        error ??= Check(read, out second);
        header = error is null ? read with { Second = second } : null;
        return error is null;
    }

    public override string ToString() => "Hawk header";

    private static string? Check(HawkHeader header, out long second)
    {
        second = 0;
        return header.Id.Length == 0 || header.Ts.Length == 0 || header.Nonce.Length == 0 || header.Mac.Length == 0 ? "Missing attributes"
            : header.Id.Length > IdLength ? "Bad attribute value: id"
            : header.Nonce.Length > MaxNonce ? "Bad attribute value: nonce"
            : !long.TryParse(header.Ts, NumberStyles.None, CultureInfo.InvariantCulture, out second) ? "Bad attribute value: ts"
            : null;
    }

    private static int BitOf(ReadOnlySpan<char> name) => name switch
    {
        "id" => 1,
        "ts" => 2,
        "nonce" => 4,
        "mac" => 8,
        "hash" => 16,
        "ext" => 32,
        "app" => 64,
        "dlg" => 128,
        _ => 0,
    };

    private static HawkHeader With(HawkHeader header, int bit, string value) => bit switch
    {
        1 => header with { Id = value },
        2 => header with { Ts = value },
        4 => header with { Nonce = value },
        8 => header with { Mac = value },
        16 => header with { Hash = value },
        32 => header with { Ext = value },
        64 => header with { App = value },
        _ => header with { Dlg = value },
    };
}
