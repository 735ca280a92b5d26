using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>Something on its way from a channel to its other end.</summary>
internal sealed class MemorySend(MemoryDataChannel channel, MemorySendKind kind, byte[]? message = null, DataMessageKind messageKind = default)
{
    public MemoryDataChannel Channel => channel;

    public MemorySendKind Kind => kind;

    public byte[] Message { get; } = message ?? [];

    public DataMessageKind MessageKind => messageKind;

    /// <summary>Completes when the sender need not wait any more.</summary>
    public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its place among those that wait for their turn.</summary>
    public LinkedListNode<MemorySend>? Place { get; set; }
}
