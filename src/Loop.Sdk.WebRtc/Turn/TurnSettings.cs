using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>What an allocation is made with.</summary>
internal sealed class TurnSettings
{
    public required FillRandom Random { get; init; }

    /// <summary>At most 508 bytes as UTF-8.</summary>
    public required string Username { get; init; }

    public required string Password { get; init; }

    /// <summary>Whether the server is reached over TCP or TLS: nothing is sent twice, and everything is padded for the stream.</summary>
    public bool IsReliable { get; init; }

    public TurnFamily Family { get; init; }
}
