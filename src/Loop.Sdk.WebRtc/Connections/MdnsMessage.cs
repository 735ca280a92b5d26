using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The DNS messages of <see cref="MdnsResolver"/> (RFC 1035, section 4). Anybody in the network can send one.</summary>
internal static class MdnsMessage
{
    private const int Header = 12;
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort ClassInternet = 1;
    private const ushort UnicastWanted = 0x8000;
    private const ushort ResponseFlag = 0x8000;
    private const int MostRecords = 64;
    private const int MostPointers = 16;

    public static byte[] WriteQuery(string name)
    {
        var labels = name.Split('.');
        var message = new List<byte>(new byte[Header]);
        message[5] = 2;
        foreach (var type in (ReadOnlySpan<ushort>)[TypeA, TypeAaaa])
        {
            foreach (var label in labels)
            {
                message.Add((byte)label.Length);
                message.AddRange(Encoding.ASCII.GetBytes(label));
            }

            message.AddRange([0, 0, (byte)type, (UnicastWanted | ClassInternet) >> 8, ClassInternet & 0xFF]);
        }

        return [.. message];
    }

    /// <summary>The first address that the message gives for the name, of IPv4 if there is one; null if it gives none, or is malformed.</summary>
    public static IPAddress? TryReadAnswer(ReadOnlySpan<byte> message, string name)
    {
        if (message.Length < Header || (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & ResponseFlag) == 0)
        {
            return null;
        }

        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        var place = Header;
        for (var count = 0; count < questions; count++)
        {
            if (count == MostRecords || ReadName(message, ref place) is null || (place += 4) > message.Length)
            {
                return null;
            }
        }

        return ReadRecords(message, place, Math.Min(records, MostRecords), name);
    }

    private static IPAddress? ReadRecords(ReadOnlySpan<byte> message, int place, int count, string name)
    {
        IPAddress? found = null;
        for (; count > 0; count--)
        {
            if (ReadName(message, ref place) is not { } owner || place + 10 > message.Length)
            {
                break;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(message[place..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(place + 8)..]);
            place += 10;
            if (place + length > message.Length)
            {
                break;
            }

            var isFound = owner.Equals(name, StringComparison.OrdinalIgnoreCase) && ((type == TypeA && length == 4) || (type == TypeAaaa && length == 16 && found is null));
            found = isFound ? new IPAddress(message.Slice(place, length)) : found;
            place += length;
        }

        return found;
    }

    // A name, with pointers into what stood before; null if it is malformed.
    private static string? ReadName(ReadOnlySpan<byte> message, ref int place)
    {
        var name = new StringBuilder();
        var at = place;
        for (var pointers = 0; at < message.Length && name.Length < 256;)
        {
            int length = message[at++];
            if (length == 0)
            {
                place = pointers == 0 ? at : place;
                return name.ToString();
            }

            if (length >= 0xC0 && at < message.Length && pointers < MostPointers)
            {
                var target = ((length & 0x3F) << 8) | message[at++];
                place = pointers++ == 0 ? at : place;
                at = target;
                continue;
            }

            if (length > 63 || at + length > message.Length)
            {
                return null;
            }

            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.ASCII.GetString(message.Slice(at, length)));
            at += length;
        }

        return null;
    }
}
