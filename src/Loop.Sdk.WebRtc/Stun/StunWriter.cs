using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>Writes a STUN message, which is always complete: the header's length follows each attribute. The buffer must be large enough.</summary>
internal ref struct StunWriter
{
    private readonly Span<byte> _bytes;
    private readonly TransactionId _id;

    public StunWriter(Span<byte> bytes, StunMethod method, StunClass @class, TransactionId id)
    {
        _bytes = bytes;
        _id = id;
        var (m, c) = ((int)method, (int)@class);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(((m & 0xF80) << 2) | ((c & 2) << 7) | ((m & 0x70) << 1) | ((c & 1) << 4) | (m & 0x0F)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], StunMessage.MagicCookie);
        id.Write(bytes[8..]);
        SetLength(StunMessage.HeaderLength);
    }

    /// <summary>The length of the message so far, in bytes.</summary>
    public int Length { get; private set; }

    public void Add(StunAttribute type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(type, value.Length));

    public void Add(StunAttribute type) => Take(type, 0);

    public void Add(StunAttribute type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(type, 4), value);

    public void Add(StunAttribute type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(type, 8), value);

    public void Add(StunAttribute type, in TransportAddress address) =>
        StunAttributes.WriteAddress(Take(type, address.IsV6 ? 20 : 8), address, type is not (StunAttribute.MappedAddress or StunAttribute.AlternateServer), _id);

    public void AddError(int code, scoped ReadOnlySpan<byte> reason = default)
    {
        var value = Take(StunAttribute.ErrorCode, 4 + reason.Length);
        value[..2].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
    }

    public void AddUnknown(scoped ReadOnlySpan<ushort> types)
    {
        var value = Take(StunAttribute.UnknownAttributes, 2 * types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(value[(2 * i)..], types[i]);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "The RFC wants HMAC-SHA1.")]
    public void AddIntegrity(scoped ReadOnlySpan<byte> key)
    {
        var end = Length;
        var value = Take(StunAttribute.MessageIntegrity, StunMessage.IntegrityLength);
        HMACSHA1.HashData(key, _bytes[..end], value);
    }

    public void AddIntegrity256(scoped ReadOnlySpan<byte> key)
    {
        var end = Length;
        var value = Take(StunAttribute.MessageIntegritySha256, StunMessage.Integrity256Length);
        HMACSHA256.HashData(key, _bytes[..end], value);
    }

    /// <summary>Nothing may follow.</summary>
    public void AddFingerprint()
    {
        var end = Length;
        var value = Take(StunAttribute.Fingerprint, 4);
        BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Compute(_bytes[..end]) ^ StunAttributes.FingerprintMask);
    }

    private Span<byte> Take(StunAttribute type, int length)
    {
        var place = Length;
        var padded = (length + 3) & ~3;
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[place..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[(place + 2)..], (ushort)length);
        _bytes.Slice(place + 4 + length, padded - length).Clear();
        SetLength(place + 4 + padded);
        return _bytes.Slice(place + 4, length);
    }

    private void SetLength(int length)
    {
        Length = length;
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[2..], (ushort)(length - StunMessage.HeaderLength));
    }
}
