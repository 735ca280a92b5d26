using System.Runtime.CompilerServices;

namespace Loop.Sdk.Peers;

/// <summary>
/// Waits for the next read and meanwhile runs what the last one made ready, on the thread that would otherwise go idle. The wait is in place before that, so that
/// a handler or a caller that blocks holds up a thread, but not the reader; and what comes alone costs no switch to another thread.
/// </summary>
internal readonly struct RunWhileReading(ValueTask<bool> reading, IThreadPoolWorkItem work) : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _reading = reading.ConfigureAwait(false).GetAwaiter();

    // Even if the read has ended by now, the work has to be run.
    public bool IsCompleted => false;

    public RunWhileReading GetAwaiter() => this;

    public bool GetResult() => _reading.GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        _reading.UnsafeOnCompleted(continuation);
        work.Execute();
    }
}
