namespace Loop.Sdk.Reconnect;

/// <summary>Those who share something that happens to all of them. Kept small: there may be tens of thousands.</summary>
internal sealed class Members<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly HashSet<T> _members = [];

    /// <summary>Adds one. True if it is the first.</summary>
    public bool Add(T member)
    {
        lock (_lock)
        {
            return _members.Add(member) && _members.Count == 1;
        }
    }

    /// <summary>Removes one. True if it was the last.</summary>
    public bool Remove(T member)
    {
        lock (_lock)
        {
            return _members.Remove(member) && _members.Count == 0;
        }
    }

    /// <summary>Those of the moment.</summary>
    public T[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _members];
        }
    }
}
