using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Cryptography;

/// <summary>What a room is about (spec 4.1): its name, a description, and pages. Members of other clients are kept when it is sealed again.</summary>
public sealed class RoomContext
{
    /// <summary>The longest context, in bytes of JSON.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The most pages.</summary>
    public const int MaxUrls = 100;

    /// <summary>The room's name, or null.</summary>
    public string? RoomName { get; init; }

    /// <summary>What the room is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The pages, at most <see cref="MaxUrls"/>. Original clients write one and read the first.</summary>
    public IReadOnlyList<RoomContextUrl>? Urls { get; init; }

    /// <summary>Members that this version knows nothing of.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalMembers { get; set; }

    /// <summary>The public keys of who signed it, in base64url: so it can be read before the author was announced.</summary>
    [JsonInclude]
    internal string? Signer { get; init; }

    /// <summary>How the room came to its owner, oldest first.</summary>
    [JsonInclude]
    internal IReadOnlyList<OwnerSuccession>? Successions { get; init; }

    internal static RoomContext Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return Checked(JsonSerializer.Deserialize(json, RoomContextJson.Default.RoomContext));
        }
        catch (JsonException)
        {
            throw NotAContext();
        }
    }

    internal static RoomContext Parse(string json)
    {
        try
        {
            return Checked(JsonSerializer.Deserialize(json, RoomContextJson.Default.RoomContext));
        }
        catch (JsonException)
        {
            throw NotAContext();
        }
    }

    internal byte[] ToJson()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, RoomContextJson.Compact.RoomContext);
        if (json.Length <= MaxLength)
        {
            return json;
        }

        CryptographicOperations.ZeroMemory(json);
        throw CryptographyErrors.TooLarge(MaxLength);
    }

    /// <summary>The same, to be signed by somebody.</summary>
    internal RoomContext SignedBy(MemberIdentity signer, IReadOnlyList<OwnerSuccession>? successions) => new()
    {
        RoomName = RoomName,
        Description = Description,
        Urls = Urls,
        AdditionalMembers = AdditionalMembers,
        Signer = StrictBase64Url.Encode(signer.PublicKey),
        Successions = successions,
    };

    /// <summary>The keys that are in it, if they are those of this author, or null: another client may have kept those of an earlier one.</summary>
    internal MemberIdentity? ReadSigner(string author) => Signer is { } keys ? MemberIdentity.TryRead(keys, author) : null;

    private static RoomContext Checked(RoomContext? context)
    {
        if (context is null || !ForeignMembers.AreWellFormed(context.AdditionalMembers))
        {
            throw NotAContext();
        }

        if (context.Urls is { Count: > MaxUrls })
        {
            throw CryptographyErrors.InvalidContext($"it has more than {MaxUrls} pages");
        }

        for (var index = 0; index < context.Urls?.Count; index++)
        {
            if (context.Urls[index] is not { } url || !ForeignMembers.AreWellFormed(url.AdditionalMembers))
            {
                throw NotAContext();
            }
        }

        return context;
    }

    // The parser's own message quotes what it read.
    private static LoopException NotAContext() => CryptographyErrors.InvalidContext("what was sealed is no context");
}
