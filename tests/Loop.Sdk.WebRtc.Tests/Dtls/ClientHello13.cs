using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

/// <summary>The first datagram of a browser: a ClientHello that offers DTLS 1.3 and 1.2, and <c>use_srtp</c> (RFC 9147, section 5.3; RFC 5764).</summary>
internal static class ClientHello13
{
    public static byte[] Build()
    {
        byte[] extensions =
        [
            .. Extension(0x0017, []), // extended master secret
            .. Extension(0xFF01, [0]), // renegotiation info
            .. Extension(0x000A, [0, 4, 0, 0x1D, 0, 0x17]), // X25519, P-256
            .. Extension(0x000B, [1, 0]), // uncompressed points
            .. Extension(0x000D, [0, 4, 4, 3, 8, 4]), // ECDSA and PSS with SHA-256
            .. Extension(0x000E, [0, 4, 0, 7, 0, 1, 0]), // use_srtp
            .. Extension(0x0033, [0, 36, 0, 0x1D, 0, 32, .. Enumerable.Repeat((byte)9, 32)]), // key share
            .. Extension(0x002B, [4, 0xFE, 0xFC, 0xFE, 0xFD]), // versions 1.3, 1.2
        ];
        byte[] body =
        [
            0xFE, 0xFD, .. Enumerable.Range(0, 32).Select(static value => (byte)value), 0, 0,
            0, 6, 0x13, 0x01, 0xC0, 0x2B, 0xC0, 0x2F, 1, 0,
            .. Number(extensions.Length), .. extensions,
        ];
        byte[] handshake = [1, 0, .. Number(body.Length), 0, 0, 0, 0, 0, 0, .. Number(body.Length), .. body];
        return [22, 0xFE, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, .. Number(handshake.Length), .. handshake];
    }

    private static byte[] Extension(ushort type, byte[] content) => [.. Number(type), .. Number(content.Length), .. content];

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
