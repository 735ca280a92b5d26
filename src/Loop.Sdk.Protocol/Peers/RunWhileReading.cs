using System.Runtime.CompilerServices;

namespace Loop.Sdk.Peers;

/// <summary>
/// Waits for the next read and meanwhile runs the calls that the last one brought, on the thread that would otherwise go idle. The wait is in place before the
/// first handler runs, so that a handler that blocks holds up a thread, but not the reader; and a single call costs no switch to another thread.
/// </summary>
internal readonly struct RunWhileReading(ValueTask<bool> reading, Peer peer) : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _reading = reading.ConfigureAwait(false).GetAwaiter();

    // Even if the read has ended by now, the calls have to be run.
    public bool IsCompleted => false;

    public RunWhileReading GetAwaiter() => this;

    public bool GetResult() => _reading.GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        _reading.UnsafeOnCompleted(continuation);
        peer.Run();
    }
}
