using Loop.Sdk.Calls;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>One end of a stream that keeps its items for a consumer as calls do.</summary>
internal sealed class BufferStream : SessionStream
{
    private readonly RawItemBuffer _items;

    public BufferStream() => _items = new RawItemBuffer(this);

    /// <summary>Reads what is at hand. Returns how many items that were.</summary>
    public int Read()
    {
        var count = 0;
        for (var next = _items.MoveNextAsync(); next.IsCompleted; next = _items.MoveNextAsync())
        {
            Assert.IsTrue(next.Result);
            count++;
        }

        return count;
    }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end) => _items.Add(payload, owned);

    internal override void OnEnd() => _items.Complete();

    internal override void OnFailed(LoopException error) => _items.Complete(error);

    internal override void OnBatchEnd() => _items.EndBatch();

    internal override void OnDeadline()
    {
    }
}
