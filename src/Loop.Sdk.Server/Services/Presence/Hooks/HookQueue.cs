namespace Loop.Sdk.Server.Presence;

/// <summary>What one observer has not been told yet.</summary>
internal sealed class HookQueue(IPresenceObserver observer, PresenceCore core) : TellQueue<Func<IPresenceObserver, ValueTask>>
{
    private bool _overflowed;

    public void Add(Func<IPresenceObserver, ValueTask> call)
    {
        lock (Lock)
        {
            if (Count < core.Options.MaxObserverQueue)
            {
                Enqueue(call);
                return;
            }

            core.Metrics.Dropped();
            if (!_overflowed)
            {
                _overflowed = true;
                core.Log.ObserverOverflow();
            }
        }
    }

    protected override async ValueTask TellAsync(Func<IPresenceObserver, ValueTask> news)
    {
        try
        {
            await news(observer).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What an observer throws concerns nobody but the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            core.Log.ObserverFailed(exception);
        }
    }

    protected override void CaughtUp() => _overflowed = false;
}
