using Loop.Sdk.Calls;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>One end of a stream that keeps its items for a consumer as calls do.</summary>
internal sealed class BufferStream : SessionStream
{
    public BufferStream() => Items = new RawItemBuffer(this);

    public RawItemBuffer Items { get; }

    /// <summary>Reads what is at hand. Returns how many items that were.</summary>
    public int Read()
    {
        var count = 0;
        for (var next = Items.MoveNextAsync(); next.IsCompleted; next = Items.MoveNextAsync())
        {
            Assert.IsTrue(next.Result);
            count++;
        }

        return count;
    }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end) => Items.Add(payload, owned);

    internal override void OnEnd() => Items.Complete();

    internal override void OnFailed(LoopException error) => Items.Complete(error);

    internal override IThreadPoolWorkItem? OnBatchEnd() => Items.EndBatch();

    internal override void OnDeadline()
    {
    }
}
