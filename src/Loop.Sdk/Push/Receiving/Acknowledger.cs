namespace Loop.Sdk.Push;

/// <summary>Tells the server what came of messages. What is said while a call is under way shares the next one.</summary>
internal sealed class Acknowledger(PushServices services, AgentSession session, Action<string> over, CancellationToken lifetime)
{
    private const int MaxItems = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<(PushAcknowledgement Item, TaskCompletionSource Told)> _waiting = [];
    private bool _isTelling;

    /// <summary>Tells what came of a message, at the next connection if there is none now.</summary>
    /// <returns>Ends when the server has it.</returns>
    public Task Add(string id, PushAckCode code)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((new PushAcknowledgement(id, code), told));
            if (!_isTelling)
            {
                _isTelling = true;
                _ = Task.Run(TellAllAsync, CancellationToken.None);
            }
        }

        return told.Task;
    }

    private async Task TellAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
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
