using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What an INIT ACK carries so that an INIT costs no memory: all that is needed to set up the association, authenticated with a key of this end alone.</summary>
internal readonly record struct StateCookie(
    uint LocalTag,
    uint PeerTag,
    uint LocalTie,
    uint PeerTie,
    uint LocalTsn,
    uint PeerTsn,
    uint PeerWindow,
    ushort PeerInboundStreams,
    SctpFeatures PeerFeatures,
    long MadeAt)
{
    public const int Size = Body + HMACSHA256.HashSizeInBytes;

    private const int Body = 40;

    public void Write(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, LocalTag);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], PeerTag);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], LocalTie);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], PeerTie);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], LocalTsn);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], PeerTsn);
        BinaryPrimitives.WriteUInt32BigEndian(destination[24..], PeerWindow);
        BinaryPrimitives.WriteUInt16BigEndian(destination[28..], PeerInboundStreams);
        destination[30] = (byte)PeerFeatures;
        destination[31] = 0;
        BinaryPrimitives.WriteInt64BigEndian(destination[32..], MadeAt);
        HMACSHA256.HashData(key, destination[..Body], destination[Body..]);
    }

    /// <summary>Reads it; false if this end has not made it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ReadOnlySpan<byte> key, out StateCookie cookie)
    {
        cookie = default;
        if (source.Length != Size)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, source[..Body], hash);
        if (!CryptographicOperations.FixedTimeEquals(hash, source[Body..]))
        {
            return false;
        }

        cookie = new StateCookie(
            BinaryPrimitives.ReadUInt32BigEndian(source),
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[20..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[28..]),
            (SctpFeatures)source[30],
            BinaryPrimitives.ReadInt64BigEndian(source[32..]));
        return true;
    }
}
