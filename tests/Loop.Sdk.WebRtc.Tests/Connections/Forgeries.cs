using System.Buffers.Binary;
using System.Net;
using System.Text;
using Loop.Sdk.WebRtc.Sctp;
using Loop.Sdk.WebRtc.Sdp;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Datagrams of somebody who knows the protocols and the user names, and no secret.</summary>
internal static class Forgeries
{
    private const int Garbage = 256;

    private delegate void Fill(ref StunWriter message);

    public static IEnumerable<byte[]> For(SessionDescription victim, SessionDescription peer)
    {
        var random = new Random(7);
        var users = $"{Fragment(victim)}:{Fragment(peer)}";
        return Noise(random).Concat(Checks(users, random)).Concat(Answers(random)).Concat(Records(random)).Concat(Packets(random));
    }

    private static string Fragment(SessionDescription description) => SdpParser.Parse(description.Sdp).DataTransport!.UsernameFragment!;

    // Of every first byte, and so of every protocol that shares the port.
    private static IEnumerable<byte[]> Noise(Random random)
    {
        for (var first = 0; first < Garbage; first++)
        {
            var datagram = new byte[random.Next(1, 200)];
            random.NextBytes(datagram);
            datagram[0] = (byte)first;
            yield return datagram;
        }
    }

    private static IEnumerable<byte[]> Checks(string users, Random random)
    {
        foreach (var user in new[] { "", users, "x:y" })
        {
            foreach (var role in new[] { StunAttribute.IceControlling, StunAttribute.IceControlled })
            {
                foreach (var password in new[] { "", "wrong password of some length" })
                {
                    yield return Write(StunClass.Request, random, (ref StunWriter message) =>
                    {
                        message.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(user));
                        message.Add(StunAttribute.Priority, uint.MaxValue >> 1);
                        message.Add(role, role == StunAttribute.IceControlling ? ulong.MaxValue : 0);
                        message.Add(StunAttribute.UseCandidate);
                        if (password.Length > 0)
                        {
                            message.AddIntegrity(Encoding.ASCII.GetBytes(password));
                        }
                    });
                }
            }
        }
    }

    private static IEnumerable<byte[]> Answers(Random random)
    {
        foreach (var code in new[] { 0, 300, 400, 401, 403, 420, 438, 487, 500 })
        {
            yield return Write(code == 0 ? StunClass.Success : StunClass.Error, random, (ref StunWriter message) =>
            {
                if (code == 0)
                {
                    message.Add(StunAttribute.XorMappedAddress, TransportAddress.From(IPAddress.Loopback, 9));
                }
                else
                {
                    message.AddError(code);
                }

                message.AddIntegrity("wrong"u8);
            });
        }

        yield return Write(StunClass.Indication, random, static (ref StunWriter _) => { });
    }

    // Alerts, hellos and data of any epoch: types 20 to 26, versions 1.0 and 1.2.
    private static IEnumerable<byte[]> Records(Random random)
    {
        for (byte type = 20; type <= 26; type++)
        {
            foreach (ushort version in new ushort[] { 0xFEFF, 0xFEFD })
            {
                for (ushort epoch = 0; epoch < 3; epoch++)
                {
                    foreach (var body in new byte[][] { [1, 0], [2, 40], [1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], new byte[64] })
                    {
                        var record = new byte[13 + body.Length];
                        record[0] = type;
                        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(1), version);
                        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), epoch);
                        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(7), (uint)random.Next(0, 1 << 20));
                        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11), (ushort)body.Length);
                        body.CopyTo(record, 13);
                        yield return record;
                    }
                }
            }
        }
    }

    // SCTP as it would be within DTLS.
    private static IEnumerable<byte[]> Packets(Random random)
    {
        foreach (var type in new[] { ChunkType.Init, ChunkType.Abort, ChunkType.Shutdown, ChunkType.ReConfig, ChunkType.Data, ChunkType.CookieEcho })
        {
            var packet = new byte[64];
            random.NextBytes(packet);
            BinaryPrimitives.WriteUInt16BigEndian(packet, 5000);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 5000);
            (packet[PacketHeader.Size], packet[PacketHeader.Size + 3]) = (type, 52);
            packet[PacketHeader.Size + 2] = 0;
            Crc32c.Write(packet);
            yield return packet;
        }
    }

    private static byte[] Write(StunClass @class, Random random, Fill fill)
    {
        var datagram = new byte[256];
        var message = new StunWriter(datagram, StunMethod.Binding, @class, TransactionId.Create(random.NextBytes));
        fill(ref message);
        message.AddFingerprint();
        return datagram[..message.Length];
    }
}
