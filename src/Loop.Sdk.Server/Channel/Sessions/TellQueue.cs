namespace Loop.Sdk.Server;

/// <summary>News that somebody is told one after the other, on a thread of the pool, so that it holds up nobody else.</summary>
internal abstract class TellQueue<TNews> : IThreadPoolWorkItem
{
    private readonly Queue<TNews> _news = [];
    private bool _telling;

    protected Lock Lock { get; } = new();

    /// <summary>How much was not told yet. The lock is held.</summary>
    protected int Count => _news.Count;

    void IThreadPoolWorkItem.Execute() => _ = TellAllAsync();

    /// <summary>Adds news. The lock is held.</summary>
    protected void Enqueue(TNews news)
    {
        _news.Enqueue(news);
        if (!_telling)
        {
            _telling = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Tells it. Must not throw.</summary>
    protected abstract ValueTask TellAsync(TNews news);

    /// <summary>Everything was told. The lock is held.</summary>
    protected virtual void CaughtUp()
    {
    }

    private async Task TellAllAsync()
    {
        while (true)
        {
            TNews? news;
            lock (Lock)
            {
                if (!_news.TryDequeue(out news))
                {
                    _telling = false;
                    CaughtUp();
                    return;
                }
            }

            await TellAsync(news).ConfigureAwait(false);
        }
    }
}
