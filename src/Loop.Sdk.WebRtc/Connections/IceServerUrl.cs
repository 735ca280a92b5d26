using System.Globalization;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>An address of a STUN or TURN server (RFC 7064, RFC 7065).</summary>
/// <param name="IsTurn">Whether it relays.</param>
/// <param name="Transport">How it is reached.</param>
/// <param name="Host">Its name or IP address.</param>
/// <param name="Port">Its port.</param>
internal sealed record IceServerUrl(bool IsTurn, IceServerTransport Transport, string Host, int Port)
{
    private const int PlainPort = 3478;
    private const int TlsPort = 5349;

    public static IceServerUrl? TryParse(string text)
    {
        var (scheme, rest) = Cut(text, ':');
        if (rest is null || scheme.ToLowerInvariant() is not ("stun" or "stuns" or "turn" or "turns"))
        {
            return null;
        }

        var isTurn = scheme.StartsWith("turn", StringComparison.OrdinalIgnoreCase);
        var isTls = scheme.EndsWith('s');
        var (authority, query) = Cut(rest, '?');
        var transport = query switch
        {
            null => isTls ? IceServerTransport.Tls : IceServerTransport.Udp,
            "transport=udp" when !isTls => IceServerTransport.Udp,
            "transport=tcp" => isTls ? IceServerTransport.Tls : IceServerTransport.Tcp,
            _ => (IceServerTransport)(-1),
        };
        return transport >= 0 && (query is null || isTurn) && TryReadAuthority(authority, isTls ? TlsPort : PlainPort, out var host, out var port)
            ? new IceServerUrl(isTurn, transport, host, port)
            : null;
    }

    private static bool TryReadAuthority(string authority, int defaultPort, out string host, out int port)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.LastIndexOf(':') is >= 0 and var colon ? colon : authority.Length;
        host = authority[..end].Trim('[', ']');
        port = defaultPort;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (end == authority.Length || (authority[end] == ':' && int.TryParse(authority.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue));
    }

    private static (string Head, string? Tail) Cut(string text, char separator) =>
        text.IndexOf(separator) is >= 0 and var place ? (text[..place], text[(place + 1)..]) : (text, null);
}
