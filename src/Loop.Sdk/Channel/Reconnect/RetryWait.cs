namespace Loop.Sdk.Reconnect;

/// <summary>The wait before an attempt to connect, which ends early when there is reason to hope.</summary>
internal sealed class RetryWait(TimeProvider time)
{
    private TaskCompletionSource? _waiting;

    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _waiting, waiting);
        try
        {
            await waiting.Task.WaitAsync(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The wait is over.
        }
        finally
        {
            Volatile.Write(ref _waiting, null);
        }
    }

    /// <summary>Ends the wait, if there is one.</summary>
    public void Skip() => Volatile.Read(ref _waiting)?.TrySetResult();
}
