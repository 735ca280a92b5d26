using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>
/// A STUN message in the bytes that it came in (RFC 8489). Its attributes have been walked once, so that they lie within the message. What stands after MESSAGE-INTEGRITY is not protected
/// and is not seen, but for the attributes that protect as well.
/// </summary>
internal readonly ref struct StunMessage
{
    public const int HeaderLength = 20;
    public const uint MagicCookie = 0x2112A442;
    public const int IntegrityLength = 20;
    public const int Integrity256Length = 32;

    // Nothing that is authenticated has any reason to be longer; Data indications are not authenticated.
    private const int MaxAuthenticated = 2048;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _end;
    private readonly int _integrity;
    private readonly int _integrity256;
    private readonly int _fingerprint;

    private StunMessage(ReadOnlySpan<byte> bytes, int end, int integrity, int integrity256, int fingerprint)
    {
        _bytes = bytes;
        _end = end;
        _integrity = integrity;
        _integrity256 = integrity256;
        _fingerprint = fingerprint;
    }

    public StunClass Class => (StunClass)(((_bytes[0] & 1) << 1) | ((_bytes[1] >> 4) & 1));

    public StunMethod Method => (StunMethod)(((_bytes[0] & 0x3E) << 6) | ((_bytes[1] & 0xE0) >> 1) | (_bytes[1] & 0x0F));

    public TransactionId TransactionId => TransactionId.Read(_bytes[8..]);

    public bool HasIntegrity => _integrity != 0;

    /// <summary>The bytes of the attributes that may be believed.</summary>
    public ReadOnlySpan<byte> Attributes => _bytes[HeaderLength.._end];

    /// <summary>Whether a datagram is to be taken as STUN (RFC 7983): the rest is DTLS, ChannelData, or nothing.</summary>
    public static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderLength && datagram[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == MagicCookie;

    /// <summary>Reads a message that fills the whole of <paramref name="datagram"/>. A FINGERPRINT that is there must be right.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (!IsStun(datagram) || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength || (datagram.Length & 3) != 0)
        {
            return false;
        }

        var end = 0;
        var (integrity, integrity256, fingerprint) = (0, 0, 0);
        for (var place = HeaderLength; place < datagram.Length;)
        {
            // The length is a multiple of four, so there is room for the head of another attribute.
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(place + 2)..]);
            var next = place + 4 + ((length + 3) & ~3);
            if (next > datagram.Length || fingerprint != 0)
            {
                return false;
            }

            switch ((StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(datagram[place..]))
            {
                case StunAttribute.MessageIntegrity when integrity == 0 && integrity256 == 0:
                    if (length != IntegrityLength)
                    {
                        return false;
                    }

                    integrity = place;
                    end = end == 0 ? place : end;
                    break;
                case StunAttribute.MessageIntegritySha256 when integrity256 == 0:
                    if (length is < 16 or > Integrity256Length || (length & 3) != 0)
                    {
                        return false;
                    }

                    integrity256 = place;
                    end = end == 0 ? place : end;
                    break;
                case StunAttribute.Fingerprint:
                    if (length != 4)
                    {
                        return false;
                    }

                    fingerprint = place;
                    end = end == 0 ? place : end;
                    break;
            }

            place = next;
        }

        message = new StunMessage(datagram, end == 0 ? datagram.Length : end, integrity, integrity256, fingerprint);
        return fingerprint == 0 || message.Checksum() == BinaryPrimitives.ReadUInt32BigEndian(datagram[(fingerprint + 4)..]);
    }

    /// <summary>Finds the first attribute of a type.</summary>
    public bool TryFind(StunAttribute type, out ReadOnlySpan<byte> value)
    {
        for (var rest = Attributes; StunAttributes.TryTake(ref rest, out var found, out value);)
        {
            if (found == type)
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool Has(StunAttribute type) => TryFind(type, out _);

    /// <summary>Reads an address; the XOR-ed ones are meant, but for those of old servers.</summary>
    public bool TryFindAddress(StunAttribute type, out TransportAddress address)
    {
        address = default;
        return TryFind(type, out var value) && StunAttributes.TryReadAddress(value, type is not (StunAttribute.MappedAddress or StunAttribute.AlternateServer), TransactionId, out address);
    }

    public bool TryFindUInt32(StunAttribute type, out uint number)
    {
        number = 0;
        return TryFind(type, out var value) && value.Length == 4 && BinaryPrimitives.TryReadUInt32BigEndian(value, out number);
    }

    public bool TryFindUInt64(StunAttribute type, out ulong number)
    {
        number = 0;
        return TryFind(type, out var value) && value.Length == 8 && BinaryPrimitives.TryReadUInt64BigEndian(value, out number);
    }

    /// <summary>The code of an error response, 300 to 699, or 0.</summary>
    public int ErrorCode => TryFind(StunAttribute.ErrorCode, out var value) && value.Length >= 4 && (value[2] & 7) is >= 3 and <= 6 and var hundreds && value[3] < 100
        ? (hundreds * 100) + value[3]
        : 0;

    /// <summary>Whether the message was made by someone who has the key, in a time that does not depend on how wrong it is.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The RFC wants HMAC-SHA1.")]
    public bool CheckIntegrity(ReadOnlySpan<byte> key)
    {
        if (_integrity is 0 or > MaxAuthenticated)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[_integrity];
        Span<byte> code = stackalloc byte[IntegrityLength];
        HMACSHA1.HashData(key, Protected(_integrity, IntegrityLength, copy), code);
        return CryptographicOperations.FixedTimeEquals(code, _bytes.Slice(_integrity + 4, IntegrityLength));
    }

    /// <summary>The same with SHA-256, which may have been cut to no less than 16 bytes.</summary>
    public bool CheckIntegrity256(ReadOnlySpan<byte> key)
    {
        if (_integrity256 is 0 or > MaxAuthenticated)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_integrity256 + 2)..]);
        Span<byte> copy = stackalloc byte[_integrity256];
        Span<byte> code = stackalloc byte[Integrity256Length];
        HMACSHA256.HashData(key, Protected(_integrity256, length, copy), code);
        return CryptographicOperations.FixedTimeEquals(code[..length], _bytes.Slice(_integrity256 + 4, length));
    }

    /// <summary>Finds the first attributes that the receiver would have to understand and does not.</summary>
    /// <returns>How many were written.</returns>
    public int FindUnknown(Span<ushort> unknown)
    {
        var count = 0;
        for (var rest = Attributes; count < unknown.Length && StunAttributes.TryTake(ref rest, out var type, out _);)
        {
            if ((int)type < 0x8000 && !Enum.IsDefined(type))
            {
                unknown[count++] = (ushort)type;
            }
        }

        return count;
    }

    // The code is over the message as if it ended with the code.
    private ReadOnlySpan<byte> Protected(int place, int length, Span<byte> copy)
    {
        _bytes[..place].CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(place + 4 + length - HeaderLength));
        return copy;
    }

    private uint Checksum() => Crc32.Compute(_bytes[.._fingerprint]) ^ StunAttributes.FingerprintMask;
}
