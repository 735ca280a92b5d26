using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>Something an account is told, wherever it is.</summary>
public sealed record Notification
{
    /// <summary>Its id, 1 to 128 visible ASCII characters, the same however often it is delivered.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about, in the application's own terms: 1 to 64 visible ASCII characters.</summary>
    public required string Kind { get; init; }

    /// <summary>What it says; null for nothing.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public JsonElement? Payload { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }
}
