namespace Loop.Sdk.Reconnect;

/// <summary>The wait before an attempt to connect, which ends early when there is reason to hope.</summary>
internal sealed class RetryWait(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private bool _skipNext;

    /// <summary>An attempt begins: hope that came before it counts for this one.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _skipNext = false;
        }
    }

    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay <= TimeSpan.Zero)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_skipNext)
            {
                return;
            }

            _waiting = waiting;
        }

        try
        {
            // Not by a timeout, whose exception would be a good part of what a lost connection costs.
            using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiting, delay, Timeout.InfiniteTimeSpan);
            await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiting = null;
            }
        }
    }

    /// <summary>Ends the wait, or, while an attempt is under way, leaves out the one that would follow it.</summary>
    public void Skip()
    {
        lock (_lock)
        {
            _skipNext = true;
            _waiting?.TrySetResult();
        }
    }
}
