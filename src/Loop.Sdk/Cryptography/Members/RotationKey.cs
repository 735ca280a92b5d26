namespace Loop.Sdk.Cryptography;

/// <summary>The next epoch's key for one member: sealed to the member's public key, since those who leave have the key of this epoch.</summary>
internal static class RotationKey
{
    public const int Length = Hpke.Overhead + RoomKey.LoopV2Size;

    private static ReadOnlySpan<byte> Info => "loop.v2/rotation"u8;

    public static byte[] Seal(string room, RoomKey next, MemberIdentity recipient) =>
        Hpke.Seal(recipient, Info, AssociatedData(room, recipient, next.Epoch, stackalloc byte[256]), next.Bytes.Span);

    public static RoomKey Open(string room, int epoch, ReadOnlySpan<byte> content, MemberKey recipient)
    {
        if (content.Length != Length)
        {
            throw CryptographyErrors.InvalidEnvelope("what was sealed is no key");
        }

        using var key = new SecretBytes(RoomKey.LoopV2Size);
        Hpke.Open(recipient, Info, AssociatedData(room, recipient.Identity, epoch, stackalloc byte[256]), content, key.Span);
        return RoomKey.Import(key.Span, epoch);
    }

    private static ReadOnlySpan<byte> AssociatedData(string room, MemberIdentity recipient, int epoch, Span<byte> buffer)
    {
        var fields = new FieldWriter(buffer);
        fields.Text(room);
        fields.Text(recipient.Id);
        fields.Number(epoch);
        return fields.Written;
    }
}
