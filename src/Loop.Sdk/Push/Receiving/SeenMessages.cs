using Loop.Sdk.Channels;

namespace Loop.Sdk.Push;

/// <summary>Which messages are here already, so that the application sees each once however often the server sends it.</summary>
internal sealed class SeenMessages(int remembered)
{
    private readonly Lock _lock = new();

    // What waits for its reader, or is being read, or of which the server was not told yet.
    private readonly HashSet<string> _here = new(StringComparer.Ordinal);
    private readonly RecentIds _told = new(remembered);

    /// <summary>A message came.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="isTold">Whether it was acknowledged before, which the server must be told again.</param>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(string id, out bool isTold)
    {
        lock (_lock)
        {
            isTold = _told.Has(id);
            return !isTold && _here.Add(id);
        }
    }

    /// <summary>The server was told of a message. Until then it sends it again, and so it is not forgotten before, however many come after it.</summary>
    public void Told(string id)
    {
        lock (_lock)
        {
            _here.Remove(id);
            _told.Add(id);
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
