namespace Loop.Sdk.Feeds;

/// <summary>Runs something after each signal, one at a time: any number of signals while it runs are one more run.</summary>
/// <param name="run">What to run. It begins after the signal, and must not throw.</param>
internal sealed class Pump(Func<Task> run) : IThreadPoolWorkItem
{
    private int _signals;

    /// <summary>Asks for a run that begins after this call. Does not wait for it.</summary>
    public void Signal()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        int signals;
        do
        {
            signals = Volatile.Read(ref _signals);
            await run().ConfigureAwait(false);
        }
        while (Interlocked.CompareExchange(ref _signals, 0, signals) != signals);
    }
}
