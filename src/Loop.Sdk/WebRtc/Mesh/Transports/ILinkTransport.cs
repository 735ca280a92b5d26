namespace Loop.Sdk.WebRtc;

/// <summary>A way to a peer: keeps the order of each lane while it lasts. Disposing of it ends it.</summary>
internal interface ILinkTransport : IAsyncDisposable
{
    MeshPath Path { get; }

    /// <summary>Whether what is sent is likely to arrive.</summary>
    bool IsHealthy { get; }

    /// <summary>Waits until both lanes can be used.</summary>
    /// <exception cref="LoopException">They cannot.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Sends a frame; waits while too much is under way.</summary>
    /// <exception cref="LoopException">It is over.</exception>
    ValueTask SendAsync(Lane lane, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);

    /// <summary>The frames that come, each valid until the next is asked for. The sequence ends with the transport, perhaps with an error.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(Lane lane, CancellationToken cancellationToken);
}
