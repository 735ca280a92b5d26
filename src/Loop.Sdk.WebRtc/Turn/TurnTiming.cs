namespace Loop.Sdk.WebRtc.Turn;

/// <summary>Times of RFC 8656, in microseconds, and bounds.</summary>
internal static class TurnTiming
{
    public const long Second = 1_000_000;

    /// <summary>Permissions last 300 s.</summary>
    public const long Permission = 240 * Second;

    /// <summary>Channels last 600 s.</summary>
    public const long Channel = 540 * Second;

    /// <summary>How long before its end the allocation is renewed, if it lives that long.</summary>
    public const long Margin = 60 * Second;

    public const int DefaultLifetime = 600;

    public const int MaxLifetime = 3600;

    public const int MaxPeers = 64;

    /// <summary>The largest datagram that is held back until it is permitted.</summary>
    public const int MaxHeld = 1500;

    /// <summary>How often in a row the server may find a nonce stale.</summary>
    public const int MaxNewNonces = 3;

    public const ushort FirstChannel = 0x4000;
}
