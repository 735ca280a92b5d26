using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Cryptography;

/// <summary>A page in a room's context (spec 4.1).</summary>
public sealed class RoomContextUrl
{
    /// <summary>The page's absolute URL, as its writer gave it. Let people follow only <see cref="Link"/>.</summary>
    public required string Location { get; init; }

    /// <summary>The page's title, or null.</summary>
    public string? Description { get; init; }

    /// <summary>A picture, mostly a data URI; may be empty or null. Loading any other URI tells its host who looks at the room.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>Members that this version knows nothing of.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalMembers { get; set; }

    /// <summary>The location if it is safe to follow: absolute, and http, https or ftp. Otherwise null.</summary>
    [JsonIgnore]
    public Uri? Link => Uri.TryCreate(Location, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" or "ftp" ? link : null;
}
