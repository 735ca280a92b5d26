using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>Writes acknowledgements. Those that come while a write is under way share the next one, so that many clients cost few transactions.</summary>
internal sealed class AcknowledgementQueue(PushCore core)
{
    private readonly Lock _lock = new();
    private List<PushAcknowledgementRecord> _waiting = [];
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isWriting;

    /// <summary>Ends when the messages are gone for good.</summary>
    public Task AddAsync(IEnumerable<PushAcknowledgementRecord> acknowledgements)
    {
        Task written;
        bool isFirst;
        lock (_lock)
        {
            _waiting.AddRange(acknowledgements);
            written = _written.Task;
            isFirst = !_isWriting;
            _isWriting = true;
        }

        if (isFirst)
        {
            _ = WriteAllAsync();
        }

        return written;
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<PushAcknowledgementRecord> batch;
            TaskCompletionSource written;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (batch, _waiting) = (_waiting, []);
                (written, _written) = (_written, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            try
            {
                foreach (var part in batch.Chunk(PushStorageLimits.MaxItems))
                {
                    core.Told(await core.Storage.Messages.AcknowledgeAsync(part, core.Now, CancellationToken.None).ConfigureAwait(false));
                }

                written.TrySetResult();
            }
#pragma warning disable CA1031 // Whatever it is, those who wait must hear of it, and the queue must go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                written.TrySetException(exception);
            }
        }
    }
}
