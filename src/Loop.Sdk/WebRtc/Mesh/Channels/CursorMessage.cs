using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>A message of the <c>cursor</c> channel.</summary>
internal sealed record CursorMessage
{
    public const string Position = "cursor-position";
    public const string Click = "cursor-click";

    public required string Type { get; init; }

    public double? RatioX { get; init; }

    public double? RatioY { get; init; }

    [JsonPropertyName("userID")]
    public string? UserId { get; init; }
}
