using System.Buffers;
using System.Globalization;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Reads and writes <c>candidate:</c> lines, with or without <c>a=</c> before them. The peer writes them, so nothing in them is trusted, and none is too long.</summary>
internal static class CandidateLine
{
    /// <summary>The longest line that is read, in characters.</summary>
    public const int MaxLength = 1024;

    private const int MaxExtensions = 32;
    private const int MaxUsernameFragment = 256;

    private static readonly SearchValues<char> IceChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly SearchValues<char> NameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Reads a line. Extensions that are not known are passed over, as the RFC wants; of those that are known and wrong, the line is refused.</summary>
    /// <returns>False if it is no candidate that could ever be used: malformed, of an unknown transport or type, or with an address that is neither an IP address nor a <c>.local</c> name.</returns>
    public static bool TryParse(ReadOnlySpan<char> line, out Candidate candidate)
    {
        candidate = default;
        line = line.Trim(" \r\n");
        line = line.StartsWith("a=", StringComparison.Ordinal) ? line[2..] : line;
        if (line.Length > MaxLength || !line.StartsWith("candidate:", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = line["candidate:".Length..];
        var foundation = Take(ref rest);
        if (foundation.Length is 0 or > 32 || foundation.ContainsAnyExcept(IceChars)
            || !TryTakeNumber(ref rest, 1, 256, out var component)
            || !TryTakeTransport(ref rest, out var transport)
            || !TryTakeNumber(ref rest, 1, int.MaxValue, out var priority)
            || !TryReadAddress(Take(ref rest), ref rest, out var address, out var name)
            || !Take(ref rest).Equals("typ", StringComparison.OrdinalIgnoreCase)
            || !TryReadType(Take(ref rest), out var type))
        {
            return false;
        }

        candidate = new Candidate
        {
            Foundation = foundation.ToString(),
            Component = component,
            Transport = transport,
            Priority = (uint)priority,
            Address = address,
            HostName = name,
            Type = type,
        };
        return TryReadExtensions(rest, ref candidate);
    }

    /// <summary>Writes a line, without <c>a=</c>.</summary>
    public static string Format(in Candidate candidate)
    {
        var line = new StringBuilder("candidate:", 128);
        var address = candidate.HostName ?? candidate.Address.ToIPAddress().ToString();
        line.Append(CultureInfo.InvariantCulture, $"{candidate.Foundation} {candidate.Component} {(candidate.Transport == CandidateTransport.Udp ? "udp" : "tcp")} {candidate.Priority}");
        line.Append(CultureInfo.InvariantCulture, $" {address} {candidate.Address.Port} typ {NameOf(candidate.Type)}");
        if (!candidate.Related.IsNone)
        {
            line.Append(CultureInfo.InvariantCulture, $" raddr {candidate.Related.ToIPAddress()} rport {candidate.Related.Port}");
        }
        else if (candidate.Type != CandidateType.Host)
        {
            // The RFC wants one; this tells nothing.
            line.Append(candidate.Address.IsV6 ? " raddr :: rport 9" : " raddr 0.0.0.0 rport 9");
        }

        if (candidate.TcpType != CandidateTcpType.None)
        {
            line.Append(" tcptype ").Append(candidate.TcpType switch { CandidateTcpType.Active => "active", CandidateTcpType.Passive => "passive", _ => "so" });
        }

        if (candidate.Generation is { } generation)
        {
            line.Append(CultureInfo.InvariantCulture, $" generation {generation}");
        }

        if (candidate.UsernameFragment is { } fragment)
        {
            line.Append(" ufrag ").Append(fragment);
        }

        return line.ToString();
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> word, int min, int max, out int number)
    {
        number = 0;
        return word.Length is > 0 and <= 10 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;
    }

    private static bool TryTakeNumber(scoped ref ReadOnlySpan<char> rest, int min, int max, out int number) => TryReadNumber(Take(ref rest), min, max, out number);

    private static bool TryTakeTransport(scoped ref ReadOnlySpan<char> rest, out CandidateTransport transport)
    {
        var word = Take(ref rest);
        transport = word.Equals("tcp", StringComparison.OrdinalIgnoreCase) ? CandidateTransport.Tcp : CandidateTransport.Udp;
        return transport == CandidateTransport.Tcp || word.Equals("udp", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadAddress(ReadOnlySpan<char> word, scoped ref ReadOnlySpan<char> rest, out TransportAddress address, out string? name)
    {
        address = default;
        name = null;
        if (!TryTakeNumber(ref rest, 0, ushort.MaxValue, out var port))
        {
            return false;
        }

        if (TransportAddress.TryParse(word, port, out address))
        {
            return true;
        }

        name = TryReadLocalName(word);
        address = new TransportAddress(0, (ushort)port, false);
        return name is not null;
    }

    // One label and ".local": browsers make names of that form, and a longer one would be a way to ask the network for others.
    private static string? TryReadLocalName(ReadOnlySpan<char> word)
    {
        const string Suffix = ".local";
        if (word.Length - Suffix.Length is < 1 or > 63 || !word.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = word.ToString().ToLowerInvariant();
        return name.AsSpan().ContainsAnyExcept(NameChars) || name.AsSpan(0, name.Length - Suffix.Length).Contains('.') ? null : name;
    }

    private static bool TryReadType(ReadOnlySpan<char> word, out CandidateType type)
    {
        type = word switch
        {
            "host" => CandidateType.Host,
            "srflx" => CandidateType.ServerReflexive,
            "prflx" => CandidateType.PeerReflexive,
            "relay" => CandidateType.Relayed,
            _ => (CandidateType)(-1),
        };
        return type >= 0;
    }

    private static string NameOf(CandidateType type) => type switch
    {
        CandidateType.Host => "host",
        CandidateType.ServerReflexive => "srflx",
        CandidateType.PeerReflexive => "prflx",
        _ => "relay",
    };

    private static bool TryReadExtensions(ReadOnlySpan<char> rest, ref Candidate candidate)
    {
        ReadOnlySpan<char> relatedAddress = default;
        for (var count = 0; !(rest = rest.TrimStart(' ')).IsEmpty; count++)
        {
            var name = Take(ref rest);
            var value = Take(ref rest);
            if (value.IsEmpty || count == MaxExtensions)
            {
                return false;
            }

            switch (name)
            {
                case "raddr":
                    relatedAddress = value;
                    break;
                case "rport":
                    if (!TryReadNumber(value, 0, ushort.MaxValue, out var port))
                    {
                        return false;
                    }

                    // It is only for diagnosis, and may be a name or nothing: whatever is no address is dropped.
                    candidate = candidate with { Related = TransportAddress.TryParse(relatedAddress, port, out var related) && related.Bits != 0 ? related : default };
                    break;
                case "tcptype":
                    if (candidate.Transport != CandidateTransport.Tcp || !TryReadTcpType(value, out var tcpType))
                    {
                        return false;
                    }

                    candidate = candidate with { TcpType = tcpType };
                    break;
                case "generation":
                    if (!TryReadNumber(value, 0, int.MaxValue, out var generation))
                    {
                        return false;
                    }

                    candidate = candidate with { Generation = generation };
                    break;
                case "ufrag":
                    if (value.Length > MaxUsernameFragment || value.ContainsAnyExcept(IceChars))
                    {
                        return false;
                    }

                    candidate = candidate with { UsernameFragment = value.ToString() };
                    break;
            }
        }

        // Every candidate of TCP says who connects (RFC 6544, section 4.5).
        return candidate.Transport == CandidateTransport.Udp || candidate.TcpType != CandidateTcpType.None;
    }

    private static bool TryReadTcpType(ReadOnlySpan<char> word, out CandidateTcpType type)
    {
        type = word switch
        {
            "active" => CandidateTcpType.Active,
            "passive" => CandidateTcpType.Passive,
            "so" => CandidateTcpType.SimultaneousOpen,
            _ => CandidateTcpType.None,
        };
        return type != CandidateTcpType.None;
    }
}
