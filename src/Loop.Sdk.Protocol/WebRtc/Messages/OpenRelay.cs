namespace Loop.Sdk.WebRtc;

/// <summary>Names a relay between two participants of a room.</summary>
public sealed record OpenRelay
{
    /// <summary>The longest frame, in bytes.</summary>
    public const int MaxFrame = 64 * 1024;

    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The participation's id of the other one.</summary>
    public required string Peer { get; init; }

    /// <summary>What tells it from other relays of the same two: 1 to 64 visible characters, which both know.</summary>
    public required string Link { get; init; }
}
