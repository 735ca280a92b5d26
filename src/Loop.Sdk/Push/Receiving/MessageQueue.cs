using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.Push;

/// <summary>What waits for its readers. Who fills it sees to it that it does not grow without bound.</summary>
internal sealed class MessageQueue<T>
{
    private readonly Channel<T> _waiting = Channel.CreateUnbounded<T>();

    public bool TryAdd(T message) => _waiting.Writer.TryWrite(message);

    /// <summary>What waits can still be taken.</summary>
    public void End(LoopException error) => _waiting.Writer.TryComplete(error);

    /// <summary>What waits, and what comes, each once.</summary>
    /// <param name="run">The attempt to be attached that is under way.</param>
    /// <param name="taken">A message was taken by its reader.</param>
    /// <param name="done">The reader has come for the next one, or stopped.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="LoopException">While enumerating: what the queue, or the receiving, ended with.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync(Func<AgentRun> run, Action taken, Action<T> done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_waiting.Reader.TryRead(out var message))
            {
                await WaitAsync(run(), cancellationToken).ConfigureAwait(false);
                continue;
            }

            taken();
            try
            {
                yield return message;
            }
            finally
            {
                done(message);
            }
        }
    }

    private async ValueTask WaitAsync(AgentRun run, CancellationToken cancellationToken)
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
