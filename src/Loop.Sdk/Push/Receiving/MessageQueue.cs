using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Loop.Sdk.Push;

/// <summary>What waits for its readers. Who fills it sees to it that it does not grow without bound.</summary>
internal sealed class MessageQueue<T>
{
    private readonly Channel<T> _waiting = Channel.CreateUnbounded<T>();

    public bool TryAdd(T message) => _waiting.Writer.TryWrite(message);

    public bool TryTake([MaybeNullWhen(false)] out T message) => _waiting.Reader.TryRead(out message);

    /// <summary>What waits can still be taken.</summary>
    public void End(LoopException error) => _waiting.Writer.TryComplete(error);

    /// <summary>Waits until there is something to take.</summary>
    /// <exception cref="LoopException">What the queue, or the receiving, ended with.</exception>
    public async ValueTask WaitAsync(AgentRun run, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = _waiting.Reader.WaitToReadAsync(ended.Token).AsTask();
        if (await Task.WhenAny(waiting, run.Over).ConfigureAwait(false) == waiting)
        {
            await waiting.ConfigureAwait(false);
            return;
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw await run.Over.ConfigureAwait(false);
    }
}
