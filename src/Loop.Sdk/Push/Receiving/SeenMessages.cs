using Loop.Sdk.Presence;

namespace Loop.Sdk.Push;

/// <summary>Which messages are here already, so that the application sees each once however often the server sends it.</summary>
internal sealed class SeenMessages(int remembered)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _here = new(StringComparer.Ordinal);
    private readonly RecentIds _done = new(remembered);

    /// <summary>A message came.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="isDone">Whether it was acknowledged before, which the server has not heard.</param>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(string id, out bool isDone)
    {
        lock (_lock)
        {
            isDone = _done.Has(id);
            return !isDone && _here.Add(id);
        }
    }

    /// <summary>The application, or this client, is done with a message.</summary>
    public void Done(string id)
    {
        lock (_lock)
        {
            _here.Remove(id);
            _done.Add(id);
        }
    }

    /// <summary>A message was not taken in after all, and may come again.</summary>
    public void Forget(string id)
    {
        lock (_lock)
        {
            _here.Remove(id);
        }
    }
}
