namespace Loop.Bench.Load.Wire;

/// <summary>Who gets the events; read far more often than changed.</summary>
internal sealed class SubscriberList<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly List<T> _subscribers = [];
    private T[]? _snapshot;

    public T[] All
    {
        get
        {
            lock (_gate)
            {
                return _snapshot ??= [.. _subscribers];
            }
        }
    }

    public T Last => All[^1];

    public void Add(T subscriber)
    {
        lock (_gate)
        {
            _subscribers.Add(subscriber);
            _snapshot = null;
        }
    }

    public void Remove(T subscriber)
    {
        lock (_gate)
        {
            if (_subscribers.Remove(subscriber))
            {
                _snapshot = null;
            }
        }
    }
}
