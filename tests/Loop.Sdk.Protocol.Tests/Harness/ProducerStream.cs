using Loop.Sdk.Calls;

namespace Loop.Sdk.Harness;

/// <summary>One end of a stream that sends as calls do.</summary>
internal sealed class ProducerStream : CallStream
{
    /// <summary>Sends a message that is only lent until this completes.</summary>
    public ValueTask<bool> SendAsync(byte[] message) => SendPayloadAsync(message, borrow: true);

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
    }

    internal override void OnEnd()
    {
    }

    internal override void OnFailed(LoopException error) => StopSending();

    internal override void OnDeadline()
    {
    }
}
