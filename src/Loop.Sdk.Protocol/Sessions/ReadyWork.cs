namespace Loop.Sdk.Sessions;

/// <summary>
/// What the reader's last batches made ready to go on: callers whose answer came, handlers to be run. If it is only one, the reader's
/// thread can run it beside the next read, which saves the way to another thread; each of several is queued, so that none has to wait for another that blocks.
/// </summary>
internal struct ReadyWork
{
    private IThreadPoolWorkItem? _only;
    private bool _several;

    public void Add(IThreadPoolWorkItem work)
    {
        if (!_several && _only is null)
        {
            _only = work;
            return;
        }

        QueueOnly();
        _several = true;
        Queue(work);
    }

    /// <summary>Takes the only work that there is; null if there is none, or if there was more and all of it is queued.</summary>
    public IThreadPoolWorkItem? TakeOnly()
    {
        var only = _only;
        this = default;
        return only;
    }

    /// <summary>Leaves the work to another thread, or to this one when it has nothing else to do.</summary>
    public void QueueOnly()
    {
        if (TakeOnly() is { } work)
        {
            Queue(work);
        }
    }

    // Preferably on the calling thread, whose caches hold what came; an idle one takes it over.
    public static void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
}
