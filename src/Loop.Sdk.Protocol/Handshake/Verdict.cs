using System.Text.Json.Serialization;

namespace Loop.Sdk;

/// <summary>What a client does after its connection was ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Connect again and resume the session.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    /// <summary>Connect again with a new session.</summary>
    [JsonStringEnumMemberName("reconnect")]
    Reconnect,

    /// <summary>Do not connect again: it would fail the same way.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,
}
