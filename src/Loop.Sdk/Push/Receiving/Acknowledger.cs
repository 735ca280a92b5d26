namespace Loop.Sdk.Push;

/// <summary>
/// Tells the server what came of messages. What nobody waits for is gathered for a moment, since each call costs the server a flush of its disk, which the next message would have to wait
/// for; and what is said while a call is under way shares the next one.
/// </summary>
internal sealed class Acknowledger(PushServices services, AgentSession session, Action<string> over, CancellationToken lifetime)
{
    private const int MaxItems = 1000;

    // Well below the number of messages that a server sends ahead of their acknowledgements.
    private const int EnoughToTell = 100;

    private static readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<(PushAcknowledgement Item, TaskCompletionSource Told)> _waiting = [];
    private TaskCompletionSource _hurry = NewSource();
    private Task _telling = Task.CompletedTask;
    private bool _isTelling;

    /// <summary>Tells what came of a message, at the next connection if there is none now.</summary>
    /// <param name="id">The message.</param>
    /// <param name="code">What came of it.</param>
    /// <param name="isAwaited">Whether somebody waits until the server has it.</param>
    /// <returns>Ends when the server has it.</returns>
    public Task Add(string id, PushAckCode code, bool isAwaited)
    {
        var told = NewSource();
        lock (_lock)
        {
            _waiting.Enqueue((new PushAcknowledgement(id, code), told));
            if (isAwaited || _waiting.Count >= EnoughToTell)
            {
                _hurry.TrySetResult();
            }

            if (!_isTelling)
            {
                _isTelling = true;
                _telling = Task.Run(TellAllAsync, CancellationToken.None);
            }
        }

        return told.Task;
    }

    /// <summary>Tells what was gathered, if there is a connection to tell it by: otherwise those messages come again after the application was started again.</summary>
    public async Task FlushAsync()
    {
        Task telling;
        lock (_lock)
        {
            _hurry.TrySetResult();
            telling = _telling;
        }

        if (services.Channel.State == ChannelState.Connected)
        {
            await Task.WhenAny(telling, Task.Delay(_farewell, services.Time, lifetime)).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TellAllAsync()
    {
        while (true)
        {
            await GatherAsync().ConfigureAwait(false);
            if (Take() is not { Count: > 0 } batch)
            {
                return;
            }

            await TellAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task GatherAsync()
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        Task hurry;
        lock (_lock)
        {
            hurry = _waiting.Count == 0 ? Task.CompletedTask : _hurry.Task;
        }

        await Task.WhenAny(hurry, Task.Delay(_gathering, services.Time, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
    }

    private async Task TellAsync(List<(PushAcknowledgement Item, TaskCompletionSource Told)> batch)
    {
        try
        {
            var request = new AcknowledgePush([.. batch.Select(static waiting => waiting.Item)]);
            await session.CallAsync(
                async token =>
                {
                    await services.Push.AcknowledgeAsync(request, token).ConfigureAwait(false);
                    return true;
                },
                lifetime).ConfigureAwait(false);
            batch.ForEach(waiting =>
            {
                over(waiting.Item.Id);
                waiting.Told.TrySetResult();
            });
        }
        catch (OperationCanceledException)
        {
            Fail(batch, PushCodes.Closed());
        }
        catch (LoopException error)
        {
            services.Log.AcknowledgeFailed(error.Code, error);
            Fail(batch, error);
        }
    }

    private List<(PushAcknowledgement Item, TaskCompletionSource Told)> Take()
    {
        lock (_lock)
        {
            List<(PushAcknowledgement, TaskCompletionSource)> batch = [];
            while (batch.Count < MaxItems && _waiting.TryDequeue(out var waiting))
            {
                batch.Add(waiting);
            }

            if (_waiting.Count == 0 && _hurry.Task.IsCompleted)
            {
                _hurry = NewSource();
            }

            _isTelling = batch.Count > 0;
            return batch;
        }
    }

    // Often nobody waits for it: the server sends such messages again.
    private void Fail(List<(PushAcknowledgement Item, TaskCompletionSource Told)> batch, LoopException error) => batch.ForEach(waiting =>
    {
        over(waiting.Item.Id);
        waiting.Told.TrySetException(error);
        _ = waiting.Told.Task.Exception;
    });
}
