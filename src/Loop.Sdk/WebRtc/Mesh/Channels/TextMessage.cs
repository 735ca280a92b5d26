using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>A message of the <c>text</c> channel, in the structure of Firefox Hello's clients.</summary>
public sealed record TextMessage
{
    /// <summary>What it is: one of <see cref="TextTypes"/>. Others are ignored by who gets them.</summary>
    public required string ContentType { get; init; }

    /// <summary>The text; of a notification, its key.</summary>
    public required string Message { get; init; }

    /// <summary>When it was sent, by the sender's clock; null if that was not said.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? SentTimestamp { get; init; }

    /// <summary>What else belongs to it, by its type; null for nothing.</summary>
    public JsonElement? ExtraData { get; init; }

    /// <summary>Of which type, and nothing of its content.</summary>
    public override string ToString() => $"{nameof(TextMessage)} {ContentType}";
}
