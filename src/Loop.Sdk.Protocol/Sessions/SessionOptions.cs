using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>One end's own settings of a session. Shared by all sessions of a server.</summary>
internal sealed record SessionOptions
{
    public static SessionOptions Default { get; } = new();

    /// <summary>What this end is ready to receive.</summary>
    public PeerLimits Limits { get; init; } = new();

    /// <summary>How far a stream's window grows while its sender is really blocked, or a message arrives that is larger than the window.</summary>
    public int MaxStreamWindow { get; init; } = 1024 * 1024;

    /// <summary>Bytes of partly received messages that a session may hold.</summary>
    public int MaxAssembly { get; init; } = 16 * 1024 * 1024;

    /// <summary>Unacknowledged bytes at which the session gives up being resumable.</summary>
    public long MaxReplay { get; init; } = 16 * 1024 * 1024;

    /// <summary>Milliseconds without a sign of the peer after which a ping goes out.</summary>
    public int KeepAliveMs { get; init; } = 15_000;

    /// <summary>Milliseconds that a pong may take.</summary>
    public int PongTimeoutMs { get; init; } = 10_000;

    /// <summary>Bytes that wait for a slow subscriber before the stream's policy acts.</summary>
    public int MaxQueued { get; init; } = 256 * 1024;
}
