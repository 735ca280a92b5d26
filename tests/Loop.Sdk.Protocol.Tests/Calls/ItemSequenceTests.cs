using Loop.Sdk.Harness;

namespace Loop.Sdk.Calls;

[TestClass]
public sealed class ItemSequenceTests
{
    private readonly ItemSequence<ReadOnlyMemory<byte>> _items = new(new RawItemBuffer(new BufferStream()));

    [TestMethod]
    public async Task The_handler_is_cancelled_when_its_token_is_while_it_waits_for_an_item()
    {
        using var source = new CancellationTokenSource();
        await using var enumerator = _items.GetAsyncEnumerator(source.Token);
        var next = enumerator.MoveNextAsync().AsTask();
        Assert.IsFalse(next.IsCompleted);

        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => next);
        Assert.AreEqual(source.Token, error.CancellationToken);
    }

    [TestMethod]
    public async Task The_handler_is_cancelled_when_its_token_was_before_it_asks()
    {
        await using var enumerator = _items.GetAsyncEnumerator(new CancellationToken(canceled: true));

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await enumerator.MoveNextAsync());
    }
}
