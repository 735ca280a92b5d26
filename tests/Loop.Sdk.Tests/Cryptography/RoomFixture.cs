namespace Loop.Sdk.Cryptography;

/// <summary>A room with two members, and a third who is up to no good.</summary>
internal sealed class RoomFixture : IDisposable
{
    public const string Room = "_nxD4V4FflQ";

    public RoomKey Key { get; } = RoomKey.Generate();

    public MemberKey Ada { get; } = MemberKey.Generate();

    public MemberKey Bob { get; } = MemberKey.Generate();

    public MemberKey Eve { get; } = MemberKey.Generate();

    public static RoomCipher CipherOf(RoomKey key) => new(Room, key);

    public RoomCipher Cipher() => CipherOf(Key);

    public void Dispose()
    {
        Key.Dispose();
        Ada.Dispose();
        Bob.Dispose();
        Eve.Dispose();
    }
}
