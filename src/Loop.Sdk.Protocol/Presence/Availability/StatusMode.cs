using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>Where an account's state comes from.</summary>
public enum StatusMode
{
    /// <summary>From its devices: the most available one counts.</summary>
    [JsonStringEnumMemberName("automatic")]
    Automatic,

    /// <summary>Away, whatever its devices say.</summary>
    [JsonStringEnumMemberName("away")]
    Away,

    /// <summary>Unavailable, whatever its devices say.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,
}
