namespace Loop.Sdk.Cryptography;

/// <summary>The keys of a room's epochs, the newest of which is the current one.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, EpochKeys> _epochs = [];
    private EpochKeys? _current;
    private bool _disposed;

    public EpochKeys Current
    {
        get
        {
            var current = Volatile.Read(ref _current);
            ObjectDisposedException.ThrowIf(current is null, this);
            return current;
        }
    }

    /// <exception cref="LoopException"><c>wrong_key</c>: there is another key of this epoch.</exception>
    public void Add(RoomKey key)
    {
        var added = new EpochKeys(key);
        lock (_lock)
        {
            if (_disposed || !_epochs.TryAdd(added.Epoch, added))
            {
                var isSame = !_disposed && _epochs[added.Epoch].IsCommittedTo(added.Commitment);
                added.Dispose();
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!isSame)
                {
                    throw CryptographyErrors.WrongKey();
                }

                return;
            }

            if (_current is null || _current.Epoch < added.Epoch)
            {
                Volatile.Write(ref _current, added);
            }
        }
    }

    /// <exception cref="LoopException"><c>unknown_epoch</c>; <c>stale_epoch</c>: an older one will not do.</exception>
    public EpochKeys Find(int epoch, bool isHistory)
    {
        var current = Current;
        if (current.Epoch == epoch)
        {
            return current;
        }

        if (epoch < current.Epoch && !isHistory)
        {
            throw CryptographyErrors.StaleEpoch(epoch, current.Epoch);
        }

        lock (_lock)
        {
            return _epochs.TryGetValue(epoch, out var found) ? found : throw CryptographyErrors.UnknownEpoch(epoch);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Volatile.Write(ref _current, null);
            foreach (var epoch in _epochs.Values)
            {
                epoch.Dispose();
            }

            _epochs.Clear();
        }
    }
}
