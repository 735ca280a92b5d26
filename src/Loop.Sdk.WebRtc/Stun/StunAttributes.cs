using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>The form of attributes.</summary>
internal static class StunAttributes
{
    public const uint FingerprintMask = 0x5354554E;

    private const byte V4 = 1;
    private const byte V6 = 2;

    /// <summary>Takes the next attribute off the front.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out StunAttribute type, out ReadOnlySpan<byte> value)
    {
        if (rest.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && length > rest.Length - 4)
        {
            type = default;
            value = default;
            return false;
        }

        type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(rest);
        value = rest.Slice(4, length);
        rest = rest[Math.Min(4 + ((length + 3) & ~3), rest.Length)..];
        return true;
    }

    public static bool TryReadAddress(ReadOnlySpan<byte> value, bool isMasked, TransactionId id, out TransportAddress address)
    {
        address = default;
        if (value.Length is not (8 or 20) || value[1] != (value.Length == 8 ? V4 : V6))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[18];
        bytes = bytes[..(value.Length - 2)];
        value[2..].CopyTo(bytes);
        if (isMasked)
        {
            Mask(bytes, id);
        }

        address = TransportAddress.FromBytes(bytes[2..], BinaryPrimitives.ReadUInt16BigEndian(bytes));
        return true;
    }

    /// <returns>The length: 8 or 20.</returns>
    public static int WriteAddress(Span<byte> value, in TransportAddress address, bool isMasked, TransactionId id)
    {
        value[0] = 0;
        value[1] = address.IsV6 ? V6 : V4;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], address.Port);
        var length = 4 + address.WriteAddress(value[4..]);
        if (isMasked)
        {
            Mask(value[2..length], id);
        }

        return length;
    }

    // The port is masked by the front of the cookie, the address by the cookie and the transaction.
    private static void Mask(Span<byte> portAndAddress, TransactionId id)
    {
        Span<byte> mask = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(mask, StunMessage.MagicCookie);
        id.Write(mask[4..]);
        portAndAddress[0] ^= mask[0];
        portAndAddress[1] ^= mask[1];
        for (var i = 2; i < portAndAddress.Length; i++)
        {
            portAndAddress[i] ^= mask[i - 2];
        }
    }
}
