namespace Loop.Bench.Load.Wire;

/// <summary>Frames over one WebSocket. A channel whose socket broke swallows what is sent: its reader tells of the end.</summary>
internal interface IFrameChannel
{
    /// <summary>Sends one frame; completes when the channel can take the next one. May be called concurrently.</summary>
    ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>Hands over the frames that arrive, until the socket ends in whatever way.</summary>
    Task ReceiveAsync(IFrameHandler handler);
}
