namespace Loop.Sdk.Handshake;

/// <summary>What one end is ready to receive. Each end announces its own.</summary>
internal sealed record PeerLimits
{
    /// <summary>Payload bytes that the peer may send on a new stream before it gets credit.</summary>
    public int StreamWindow { get; init; } = 64 * 1024;

    /// <summary>Payload bytes that the peer may send on all streams together before it gets credit.</summary>
    public int SessionWindow { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessage { get; init; } = 4 * 1024 * 1024;

    /// <summary>Streams that the peer may have open at once.</summary>
    public int MaxStreams { get; init; } = 1024;

    /// <summary>Received bytes after which this end acknowledges.</summary>
    public int AckBytes { get; init; } = 32 * 1024;
}
