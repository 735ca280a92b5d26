namespace Loop.Sdk.Handshake;

/// <summary>What one end is ready to receive. Each end announces its own.</summary>
// Settable: what JSON leaves out keeps its default here, whereas an init-only property would become zero or null.
internal sealed record PeerLimits
{
    /// <summary>Payload bytes that the peer may send on a new stream before it gets credit.</summary>
    public int StreamWindow { get; set; } = 64 * 1024;

    /// <summary>Payload bytes that the peer may send on all streams together before it gets credit.</summary>
    public int SessionWindow { get; set; } = 4 * 1024 * 1024;

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessage { get; set; } = 4 * 1024 * 1024;

    /// <summary>Streams that the peer may have open at once.</summary>
    public int MaxStreams { get; set; } = 1024;

    /// <summary>Received bytes after which this end acknowledges; up to 16 times as many on a fast connection.</summary>
    public int AckBytes { get; set; } = 32 * 1024;
}
