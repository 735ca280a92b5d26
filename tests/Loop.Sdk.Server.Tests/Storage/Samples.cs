using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>Records for tests. The time is 1000.</summary>
internal static class Samples
{
    public const long Now = 1000;
    public const long Later = 1_000_000;

    public static NewRoom Room(string token = "r1", string owner = "ada", int maxSize = 3) => new()
    {
        Token = token,
        Owner = owner,
        CreatedAt = Now,
        ExpiresAt = Later,
        MaxSize = maxSize,
        OwnerName = "Ada",
        Channel = "default",
        Context = Context(1),
        WrappedKey = "wrapped-1",
        Epoch = 1,
    };

    public static SealedContext Context(long version) => new($"sealed-{version}", "loop.v2", version, "member-ada");

    public static RoomJoin Join(string user, string session = "s1", string room = "r1", int clientMaxSize = 10, long expiresAt = 2000) => new()
    {
        Room = room,
        Id = $"{user}-{session}-{expiresAt}",
        User = user,
        Session = session,
        DisplayName = user,
        ClientMaxSize = clientMaxSize,
        ExpiresAt = expiresAt,
    };

    public static NewEntry Entry(string key, string author = "m1", string room = "r1", params byte[] payload) => new()
    {
        Room = room,
        Author = author,
        Key = key,
        Kind = "chat",
        Payload = payload,
    };

    public static RoomRotation Rotation(int epoch, params string[] members) => new()
    {
        Epoch = epoch,
        WrappedKey = $"wrapped-{epoch}",
        Context = Context(epoch),
        Notices = [.. members.Select(member => new RotationNotice(member, epoch, "member-ada", new[] { (byte)epoch }))],
    };
}
