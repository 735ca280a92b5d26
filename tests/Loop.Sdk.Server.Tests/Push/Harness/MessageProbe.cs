using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>An open stream of messages, read one by one.</summary>
internal sealed class MessageProbe(PushUser user, IAsyncEnumerable<PushMessage> messages) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<PushMessage>? _reader;

    public List<PushMessage> Seen { get; } = [];

    public async Task<PushMessage> NextAsync()
    {
        _reader ??= messages.GetAsyncEnumerator(_stop.Token);
        Assert.IsTrue(await _reader.MoveNextAsync().AsTask().WaitAsync(Patience));
        Seen.Add(_reader.Current);
        return _reader.Current;
    }

    public async Task<string> TextAsync() => PushUser.TextOf(await NextAsync());

    public async Task<string> TextsAsync(int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            texts.Add(await TextAsync());
        }

        return string.Join(' ', texts);
    }

    /// <summary>Acknowledges all that was seen.</summary>
    public async Task AcknowledgeAsync()
    {
        await user.AcknowledgeAsync(Seen.Select(static message => message.Id));
        Seen.Clear();
    }

    public async Task<string> CodeAsync() => (await Assert.ThrowsExactlyAsync<LoopException>(NextAsync)).Code;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        _stop.Dispose();
    }
}
