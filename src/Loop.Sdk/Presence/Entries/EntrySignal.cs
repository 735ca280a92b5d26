using System.Threading.Channels;

namespace Loop.Sdk.Presence;

/// <summary>Wakes an entry's loop: when there is something to do, and when there is reason not to wait any longer.</summary>
internal sealed class EntrySignal
{
    private readonly Channel<bool> _work = NewChannel();
    private readonly Channel<bool> _news = NewChannel();

    public void Set() => _work.Writer.TryWrite(true);

    public void SetNews()
    {
        _news.Writer.TryWrite(true);
        Set();
    }

    /// <summary>What was heard until now is no reason not to wait.</summary>
    public void ForgetNews() => _news.Reader.TryRead(out _);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _work.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    public async Task WaitForNewsAsync(CancellationToken cancellationToken) => await _news.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    private static Channel<bool> NewChannel() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
