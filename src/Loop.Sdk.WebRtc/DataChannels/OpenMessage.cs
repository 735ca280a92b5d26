using System.Buffers.Binary;
using System.Text;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>The messages that open a channel (RFC 8832): OPEN, and the ACK of one byte.</summary>
internal static class OpenMessage
{
    public const byte AckType = 2;

    private const byte OpenType = 3;
    private const int HeaderSize = 12;
    private const byte Unordered = 0x80;
    private const byte Reliable = 0;
    private const byte RetransmitLimited = 1;
    private const byte TimeLimited = 2;
    private const int NormalPriority = 256;

    public static bool IsAck(ReadOnlySpan<byte> message) => !message.IsEmpty && message[0] == AckType;

    public static byte[] Write(string label, DataChannelOptions options)
    {
        var labelSize = Encoding.UTF8.GetByteCount(label);
        var message = new byte[HeaderSize + labelSize + Encoding.UTF8.GetByteCount(options.Protocol)];
        message[0] = OpenType;
        var (kind, limit) = options switch
        {
            { MaxRetransmits: { } count } => (RetransmitLimited, count),
            { MaxPacketLifetime: { } time } => (TimeLimited, (int)time.TotalMilliseconds),
            _ => (Reliable, 0),
        };
        message[1] = (byte)(kind | (options.IsOrdered ? 0 : Unordered));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), NormalPriority);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), limit);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), (ushort)labelSize);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), (ushort)(message.Length - HeaderSize - labelSize));
        Encoding.UTF8.GetBytes(label, message.AsSpan(HeaderSize));
        Encoding.UTF8.GetBytes(options.Protocol, message.AsSpan(HeaderSize + labelSize));
        return message;
    }

    /// <summary>Reads an OPEN; null if it is none.</summary>
    public static DataChannel? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeaderSize || message[0] != OpenType)
        {
            return null;
        }

        int labelSize = BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        int protocolSize = BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        if (message.Length != HeaderSize + labelSize + protocolSize)
        {
            return null;
        }

        // Limits beyond what can be asked for are as good as the largest that can.
        var limit = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(message[4..]), ushort.MaxValue);
        var kind = message[1] & ~Unordered;
        if (kind > TimeLimited)
        {
            return null;
        }

        return new DataChannel(Encoding.UTF8.GetString(message.Slice(HeaderSize, labelSize)), new DataChannelOptions
        {
            IsOrdered = (message[1] & Unordered) == 0,
            MaxRetransmits = kind == RetransmitLimited ? limit : null,
            MaxPacketLifetime = kind == TimeLimited ? TimeSpan.FromMilliseconds(limit) : null,
            Protocol = Encoding.UTF8.GetString(message.Slice(HeaderSize + labelSize, protocolSize)),
        });
    }
}
