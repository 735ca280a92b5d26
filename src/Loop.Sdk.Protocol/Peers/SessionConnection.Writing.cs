using System.Net.WebSockets;

namespace Loop.Sdk.Peers;

/// <summary>Writing: whoever has output that nobody writes yet becomes the writer, until there is none left.</summary>
internal sealed partial class SessionConnection : IThreadPoolWorkItem
{
    private int _writers;

    /// <summary>There is output: write it, in a work item of its own, so that what is produced in the same round shares a message.</summary>
    public void Flush()
    {
        Interlocked.Increment(ref _writers);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>There is output that nothing else can share a message with: write it on the calling thread.</summary>
    public void Write()
    {
        Interlocked.Increment(ref _writers);
        ((IThreadPoolWorkItem)this).Execute();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var writing = WriteAsync();
        if (!writing.IsCompletedSuccessfully)
        {
            _ = writing.AsTask();
        }
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync()
    {
        try
        {
            while (!_stopped && _session!.TryTake(clock.Now, out var message))
            {
                await Socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                _session.Taken();
            }

            if (!_stopped && Volatile.Read(ref _farewell) is { } farewell && _session!.TryClaimOutput())
            {
                // The claim is kept: nothing may follow.
                await SendFarewellAsync(farewell, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The read loop ends with it, and reports.
            Socket.Abort();
        }
        finally
        {
            if (Interlocked.Decrement(ref _writers) == 0 && _stopped)
            {
                Volatile.Read(ref _idle)?.TrySetResult();
            }
        }
    }
}
