namespace Loop.Sdk.WebRtc.Turn;

/// <summary>Where an allocation stands.</summary>
internal enum TurnState
{
    New,
    Allocating,
    Ready,

    /// <summary>See <see cref="TurnAllocation.Failure"/>.</summary>
    Failed,

    /// <summary>The server is being told that it is no longer needed.</summary>
    Closing,
    Closed,
}
