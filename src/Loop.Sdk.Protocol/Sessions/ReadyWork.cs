using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Sessions;

/// <summary>
/// What one reading made ready to go on: callers whose answer came, consumers whose items came, producers that may send again, handlers to be run. The reader's
/// thread takes one after the other; if one of them holds it up, another thread takes the rest.
/// </summary>
internal sealed class ReadyWork
{
    // What one large reading left behind is not kept for the thread's life.
    private const int KeptSize = 1024;

    [ThreadStatic]
    private static ReadyWork? _ofThread;

    private IThreadPoolWorkItem?[] _items = new IThreadPoolWorkItem?[8];
    private int _count;
    private int _next;

    public bool IsEmpty => _count == 0;

    /// <summary>Gives an empty one, to be given back on the same thread.</summary>
    public static ReadyWork Rent()
    {
        var ready = _ofThread ?? new();
        _ofThread = null;
        return ready;
    }

    /// <summary>Leaves work to another thread: preferably to this one's queue, whose caches hold what came; an idle thread takes it over.</summary>
    public static void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);

    /// <summary>Gives it back. Nobody else may have it.</summary>
    public void Return()
    {
        if (_items.Length <= KeptSize)
        {
            _count = _next = 0;
            _ofThread = this;
        }
    }

    /// <summary>Adds work. Not while it is being taken.</summary>
    public void Add(IThreadPoolWorkItem work)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        _items[_count++] = work;
    }

    /// <summary>Takes the oldest that nobody has taken. Safe for concurrent use.</summary>
    public bool TryTake([NotNullWhen(true)] out IThreadPoolWorkItem? work)
    {
        var index = Interlocked.Increment(ref _next) - 1;
        if (index >= _count)
        {
            work = null;
            return false;
        }

        work = _items[index]!;
        _items[index] = null;
        return true;
    }

    /// <summary>Leaves all that is left to other threads, so that none has to wait for another that blocks.</summary>
    public void QueueRest()
    {
        while (TryTake(out var work))
        {
            Queue(work);
        }
    }
}
