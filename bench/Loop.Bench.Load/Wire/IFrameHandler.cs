namespace Loop.Bench.Load.Wire;

/// <summary>Takes the frames that arrive on a channel, one at a time.</summary>
internal interface IFrameHandler
{
    /// <summary>The payload is valid until the returned task completes; the next frame waits for it.</summary>
    ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> payload);
}
