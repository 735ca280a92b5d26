namespace Loop.Sdk.Sessions;

/// <summary>
/// What the reader's last batch made ready to go on: callers whose answer came, consumers whose items came, handlers to be run. If it is only one, the reader's
/// thread can run it beside the next read, which saves the way to another thread; each of several is queued, so that none has to wait for another that blocks.
/// </summary>
internal struct ReadyWork
{
    private bool _several;

    /// <summary>The only work there is; null if there is none, or if there was more and all of it is queued.</summary>
    public IThreadPoolWorkItem? Only { get; private set; }

    public void Add(IThreadPoolWorkItem work)
    {
        if (!_several && Only is null)
        {
            Only = work;
            return;
        }

        if (Only is { } first)
        {
            (_several, Only) = (true, null);
            Queue(first);
        }

        Queue(work);
    }

    // The global queue keeps the order: what all this work sends finds itself behind it, and shares a message.
    public static void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
