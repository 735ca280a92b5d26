using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Notices entries that are not where they belong: one that is shown at a second place, and one that was added after the key it was sealed with had been changed.</summary>
internal sealed class EntryGuard
{
    // As many as versions are remembered of.
    private const int MaxEntries = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Author, string Key), long> _places = [];
    private readonly Queue<(string Author, string Key)> _order = [];
    private readonly SortedDictionary<int, long> _firstOfEpoch = [];

    /// <summary>Takes an entry that was opened.</summary>
    /// <returns>Whether it came late.</returns>
    /// <exception cref="LoopException"><c>stale_version</c>: it is somewhere else.</exception>
    public bool Accept(SealedEntry entry, int epoch)
    {
        lock (_lock)
        {
            var name = (entry.Author, entry.Key);
            if (_places.TryGetValue(name, out var place) && place != entry.Sequence)
            {
                throw CryptographyErrors.StaleVersion(entry.Version, entry.Version);
            }

            if (_places.TryAdd(name, entry.Sequence))
            {
                _order.Enqueue(name);
                if (_order.Count > MaxEntries)
                {
                    _places.Remove(_order.Dequeue());
                }
            }

            return IsLate(entry, epoch);
        }
    }

    /// <summary>Where an entry is; null if it has not been seen.</summary>
    public long? Find(string author, string key)
    {
        lock (_lock)
        {
            return _places.TryGetValue((author, key), out var place) ? place : null;
        }
    }

    // An edit says nothing of when its entry was added.
    private bool IsLate(SealedEntry entry, int epoch)
    {
        if (entry.Version > 1)
        {
            return false;
        }

        if (!_firstOfEpoch.TryGetValue(epoch, out var first) || entry.Sequence < first)
        {
            _firstOfEpoch[epoch] = entry.Sequence;
        }

        return _firstOfEpoch.Any(later => later.Key > epoch && later.Value < entry.Sequence);
    }
}
