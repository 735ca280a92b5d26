using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.Rooms;

/// <summary>The epoch of a stored feed: of the store and of what the feed is of, so that a position is never taken for one of another feed.</summary>
internal static class FeedEpoch
{
    public static ulong Of(string store, string kind, string key) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{store}\n{kind}\n{key}")));
}
