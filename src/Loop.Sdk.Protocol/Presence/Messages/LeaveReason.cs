using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>Why a member is gone.</summary>
public enum LeaveReason
{
    /// <summary>It left, its client closed the channel, or what allowed it to be there ended in peace.</summary>
    [JsonStringEnumMemberName("left")]
    Left,

    /// <summary>Its connection broke and did not come back within the grace.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>It was removed by somebody who may, by the host, or together with its right to be there.</summary>
    [JsonStringEnumMemberName("kicked")]
    Kicked,

    /// <summary>The server that had its session is gone.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
}
