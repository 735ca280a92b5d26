namespace Loop.Sdk.Server.Presence;

/// <summary>What one observer has not been told yet.</summary>
internal sealed class HookQueue(IPresenceObserver observer, PresenceCore core) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<Func<IPresenceObserver, ValueTask>> _calls = [];
    private bool _telling;
    private bool _overflowed;

    public void Add(Func<IPresenceObserver, ValueTask> call)
    {
        lock (_lock)
        {
            if (_calls.Count >= core.Options.MaxObserverQueue)
            {
                core.Metrics.Dropped();
                if (!_overflowed)
                {
                    _overflowed = true;
                    core.Log.ObserverOverflow();
                }

                return;
            }

            _calls.Enqueue(call);
            if (!_telling)
            {
                _telling = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = TellAllAsync();

    private async Task TellAllAsync()
    {
        while (true)
        {
            Func<IPresenceObserver, ValueTask>? call;
            lock (_lock)
            {
                if (!_calls.TryDequeue(out call))
                {
                    _telling = false;
                    _overflowed = false;
                    return;
                }
            }

            try
            {
                await call(observer).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What an observer throws concerns nobody but the log.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                core.Log.ObserverFailed(exception);
            }
        }
    }
}
