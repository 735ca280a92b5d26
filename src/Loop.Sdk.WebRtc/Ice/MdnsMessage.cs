using System.Buffers.Binary;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Questions for the addresses of one name, and answers to them (RFC 6762, in the form of RFC 1035). Whoever is on the network can answer, so nothing is taken for granted.</summary>
internal static class MdnsMessage
{
    /// <summary>The room that a question needs, in bytes.</summary>
    public const int MaxQuery = 192;

    private const int HeaderLength = 12;
    private const int MaxName = 255;
    private const int MaxRecords = 32;
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort ClassInternet = 1;

    // In an answer it says that older ones are void. In a question it would ask for an answer to the sender alone, which those who answer to all do not understand.
    private const ushort TopBit = 0x8000;

    /// <summary>Writes a question for an address of IPv4 or IPv6. One question a message: responders of browsers pass over those with more.</summary>
    /// <returns>Its length.</returns>
    public static int WriteQuery(Span<byte> message, string name, bool isV6)
    {
        message[..HeaderLength].Clear();
        message[5] = 1;
        var length = HeaderLength;
        foreach (var label in name.Split('.'))
        {
            message[length++] = (byte)label.Length;
            length += Encoding.ASCII.GetBytes(label, message[length..]);
        }

        message[length++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[length..], isV6 ? TypeAaaa : TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(message[(length + 2)..], ClassInternet);
        return length + 4;
    }

    /// <summary>Finds the first address of a name in an answer that a host could have: with port 0. IPv4 is preferred.</summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> message, string name, out TransportAddress address)
    {
        address = default;
        if (message.Length < HeaderLength || (message[2] & 0x80) == 0)
        {
            return false;
        }

        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        var place = HeaderLength;
        for (var i = 0; i < questions; i++)
        {
            if (i == MaxRecords || !TryReadName(message, ref place, default, out _))
            {
                return false;
            }

            place += 4;
        }

        for (var i = 0; i < Math.Min(records, MaxRecords); i++)
        {
            if (!TryReadName(message, ref place, name, out var isWanted) || place + 10 > message.Length)
            {
                break;
            }

            var (type, kind) = (BinaryPrimitives.ReadUInt16BigEndian(message[place..]), BinaryPrimitives.ReadUInt16BigEndian(message[(place + 2)..]));
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(place + 8)..]);
            place += 10;
            if (length > message.Length - place)
            {
                break;
            }

            if (isWanted && (kind & ~TopBit) == ClassInternet && ((type == TypeA && length == 4) || (type == TypeAaaa && length == 16)))
            {
                var found = TransportAddress.FromBytes(message.Slice(place, length), 0);
                address = (found with { Port = 1 }).IsUnicast && !found.IsLinkLocalV6 && (address.IsNone || !found.IsV6) ? found : address;
            }

            place += length;
        }

        return !address.IsNone;
    }

    // Reads a name, which may go on elsewhere before it, and says whether it is the one that is wanted.
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int place, ReadOnlySpan<char> wanted, out bool isWanted)
    {
        Span<char> name = stackalloc char[MaxName + 1];
        var (length, at, end) = (0, place, -1);
        isWanted = false;
        while (at < message.Length)
        {
            var label = message[at];
            if (label == 0)
            {
                place = end < 0 ? at + 1 : end;
                isWanted = ((ReadOnlySpan<char>)name)[..Math.Max(0, length - 1)].Equals(wanted, StringComparison.OrdinalIgnoreCase);
                return true;
            }

            if ((label & 0xC0) == 0xC0)
            {
                // Only backwards, so it comes to an end.
                var target = at + 1 < message.Length ? BinaryPrimitives.ReadUInt16BigEndian(message[at..]) & 0x3FFF : at;
                if (target >= at)
                {
                    return false;
                }

                end = end < 0 ? at + 2 : end;
                at = target;
            }
            else if (label > 63 || at + 1 + label > message.Length || length + label + 1 > MaxName)
            {
                return false;
            }
            else
            {
                Encoding.Latin1.GetChars(message.Slice(at + 1, label), name[length..]);
                length += label;
                name[length++] = '.';
                at += 1 + label;
            }
        }

        return false;
    }
}
