using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>How available a device, an account or a person is.</summary>
public enum AvailabilityState
{
    /// <summary>Not there.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>There, but idle.</summary>
    [JsonStringEnumMemberName("away")]
    Away,

    /// <summary>There.</summary>
    [JsonStringEnumMemberName("online")]
    Online,
}
