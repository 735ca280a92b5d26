using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>
/// An IP address and a port as a value: compared on every datagram, so nothing is allocated for it. IPv4 addresses in IPv6 form are IPv4 addresses. There is no zone: link-local addresses of
/// IPv6 are of no use across machines.
/// </summary>
/// <param name="Bits">The address, of IPv4 in the lowest 32 bits.</param>
/// <param name="Port">The port.</param>
/// <param name="IsV6">Whether it is IPv6.</param>
internal readonly record struct TransportAddress(UInt128 Bits, ushort Port, bool IsV6)
{
    private const int PortOffset = 2;
    private const int V4Offset = 4;
    private const int V6Offset = 8;
    private const int V4Size = 16;
    private const int V6Size = 28;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly UInt128 Mapped = new(0, 0xFFFF_0000_0000);

    /// <summary>Whether there is an address at all.</summary>
    public bool IsNone => Port == 0 && Bits == 0;

    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    public bool IsLinkLocalV6 => IsV6 && (Bits >> 118) == 0x3FA;

    /// <summary>Whether packets may be sent there on a peer's word: to one host, and to a port that exists.</summary>
    public bool IsUnicast => Port != 0 && Bits != 0 && (IsV6 ? (Bits >> 120) != 0xFF : (uint)Bits < 0xE000_0000);

    public static TransportAddress From(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return FromBytes(bytes[..length], (ushort)port);
    }

    public static TransportAddress From(IPEndPoint endPoint) => From(endPoint.Address, endPoint.Port);

    /// <summary>Reads what a socket received from; none if that is no IP address.</summary>
    public static TransportAddress From(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        return address.Family switch
        {
            AddressFamily.InterNetwork => FromBytes(bytes[V4Offset..(V4Offset + 4)], BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..])),
            AddressFamily.InterNetworkV6 => FromBytes(bytes[V6Offset..(V6Offset + 16)], BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..])),
            _ => default,
        };
    }

    /// <summary>Reads 4 or 16 bytes in network order.</summary>
    public static TransportAddress FromBytes(ReadOnlySpan<byte> address, ushort port)
    {
        if (address.Length == 4)
        {
            return new TransportAddress(BinaryPrimitives.ReadUInt32BigEndian(address), port, false);
        }

        var bits = BinaryPrimitives.ReadUInt128BigEndian(address);
        return bits >> 32 == Mapped >> 32 ? new TransportAddress((uint)bits, port, false) : new TransportAddress(bits, port, true);
    }

    /// <summary>Reads an address in writing. Zones are refused, and so are forms of IPv4 that other readers understand otherwise.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, int port, out TransportAddress address)
    {
        address = default;
        if (text.Length is 0 or > 45 || text.ContainsAny('%', '[', '/') || port is < 0 or > ushort.MaxValue || !IPAddress.TryParse(text, out var ip))
        {
            return false;
        }

        if (ip.AddressFamily == AddressFamily.InterNetwork && (text.Count('.') != 3 || text.ContainsAnyExcept(Digits) || HasLeadingZero(text)))
        {
            return false;
        }

        address = From(ip, port);
        return true;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..WriteAddress(bytes)]);
    }

    public IPEndPoint ToEndPoint() => new(ToIPAddress(), Port);

    /// <summary>Writes into an address that is used again for each datagram. Its family must be this one's.</summary>
    public void WriteTo(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], Port);
        WriteAddress(bytes[(IsV6 ? V6Offset : V4Offset)..]);
    }

    public SocketAddress ToSocketAddress()
    {
        var address = new SocketAddress(Family, IsV6 ? V6Size : V4Size);
        WriteTo(address);
        return address;
    }

    /// <summary>Writes the address, 4 or 16 bytes, in network order.</summary>
    /// <returns>The number of bytes.</returns>
    public int WriteAddress(Span<byte> bytes)
    {
        if (IsV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Bits);
        return 4;
    }

    public bool HasSameAddress(in TransportAddress other) => Bits == other.Bits && IsV6 == other.IsV6;

    public override string ToString() => ToEndPoint().ToString();

    private static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part] is ['0', _, ..] or [])
            {
                return true;
            }
        }

        return false;
    }
}
