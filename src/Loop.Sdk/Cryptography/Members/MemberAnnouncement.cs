using System.Text;
using System.Text.Json;

namespace Loop.Sdk.Cryptography;

/// <summary>What a member says about itself to the room: its public keys and the name to show. The id is certain; that the name is true is not.</summary>
public sealed class MemberAnnouncement
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxDisplayName = 256;

    /// <summary>The longest announcement, in bytes: room for members that are added later.</summary>
    internal const int MaxLength = 4096;

    private MemberAnnouncement(MemberIdentity identity, string displayName)
    {
        Identity = identity;
        DisplayName = displayName;
    }

    /// <summary>The member. Whoever opened the announcement disposes of it.</summary>
    public MemberIdentity Identity { get; }

    /// <summary>The name to show. Two members may have the same.</summary>
    public string DisplayName { get; }

    internal static byte[] Write(MemberIdentity identity, string displayName)
    {
        ArgumentNullException.ThrowIfNull(displayName);
        if (!IsName(displayName))
        {
            throw new ArgumentException($"A name is at most {MaxDisplayName} bytes of UTF-8.", nameof(displayName));
        }

        var document = new AnnouncementDocument { Key = StrictBase64Url.Encode(identity.PublicKey), Name = displayName };
        return JsonSerializer.SerializeToUtf8Bytes(document, RoomContextJson.Compact.AnnouncementDocument);
    }

    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>invalid_key</c>.</exception>
    internal static MemberAnnouncement Parse(ReadOnlySpan<byte> json)
    {
        Span<byte> publicKey = stackalloc byte[MemberIdentity.PublicKeySize];
        if (Read(json) is not { } document || !IsName(document.Name))
        {
            throw CryptographyErrors.InvalidEnvelope("what was sealed announces no member");
        }

        return StrictBase64Url.TryDecode(document.Key, publicKey)
            ? new MemberAnnouncement(MemberIdentity.Import(publicKey), document.Name)
            : throw CryptographyErrors.InvalidKey("a member's public keys have another length");
    }

    private static AnnouncementDocument? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RoomContextJson.Default.AnnouncementDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsName(string name) => name.Length <= MaxDisplayName && Encoding.UTF8.GetByteCount(name) <= MaxDisplayName;
}
