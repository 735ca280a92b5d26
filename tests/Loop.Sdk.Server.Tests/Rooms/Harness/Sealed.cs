using System.Buffers.Binary;
using System.Buffers.Text;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>What looks sealed to a server.</summary>
internal static class Sealed
{
    public static SealedContext Context(int epoch, long version, int length = 100) => new() { Value = Base64Url.EncodeToString(Envelope(epoch, length)), Algorithm = "loop.v2", Version = version };

    public static SealedMember Member(string id, int epoch = 1, long version = 1, int length = 100) =>
        new() { Member = id, Epoch = epoch, Version = version, Envelope = Envelope(epoch, length) };

    public static AppendEntry Entry(string token, string author, string key, int length = 100) =>
        new() { Token = token, Author = author, Key = key, Kind = "chat", Envelope = Envelope(1, length) };

    public static SendSignal Signal(string token, string kind, long version) => new() { Token = token, Kind = kind, Version = version, Envelope = Envelope(1, 100) };

    public static byte[] Envelope(int epoch, int length)
    {
        var envelope = new byte[length];
        envelope[0] = 2;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(2), epoch);
        return envelope;
    }
}
