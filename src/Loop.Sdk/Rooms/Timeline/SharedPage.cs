using System.Text.Json.Serialization;

namespace Loop.Sdk.Rooms;

/// <summary>A page that somebody shares.</summary>
/// <param name="Location">Its address, as its author gave it. Let people follow only <see cref="Link"/>.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="Thumbnail">A picture, best a data URI; or null. Loading any other URI tells its host who looks.</param>
public sealed record SharedPage(string Location, string? Title = null, string? Thumbnail = null)
{
    /// <summary>The address if it is safe to follow: absolute, and http, https or ftp. Otherwise null.</summary>
    [JsonIgnore]
    public Uri? Link => Uri.TryCreate(Location, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" or "ftp" ? link : null;
}
