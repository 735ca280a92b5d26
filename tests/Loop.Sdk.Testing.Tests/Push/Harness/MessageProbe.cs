namespace Loop.Sdk.Testing.Tests.Push.Harness;

/// <summary>A reader of messages that goes on when the test does.</summary>
internal sealed class MessageProbe<T>(IAsyncEnumerable<T> messages) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _reader = messages.GetAsyncEnumerator();

    public async Task<T> NextAsync()
    {
        Assert.IsTrue(await _reader.MoveNextAsync());
        return _reader.Current;
    }

    /// <summary>The code that the sequence ends with.</summary>
    public async Task<string> EndAsync() => (await Assert.ThrowsExactlyAsync<LoopException>(async () => await _reader.MoveNextAsync())).Code;

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
