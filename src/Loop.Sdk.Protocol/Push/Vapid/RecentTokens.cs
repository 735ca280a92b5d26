using System.Collections.Concurrent;

namespace Loop.Sdk.Push;

/// <summary>The tokens that were verified lately: those of two generations, of which the older goes when the younger is full. What is used stays.</summary>
internal sealed class RecentTokens(int capacity)
{
    private readonly int _generation = Math.Max(1, capacity / 2);
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<TokenFingerprint, VapidIdentity> _young = new();
    private volatile ConcurrentDictionary<TokenFingerprint, VapidIdentity> _old = new();
    private int _count;

    public VapidIdentity? Find(in TokenFingerprint fingerprint)
    {
        if (_young.TryGetValue(fingerprint, out var identity))
        {
            return identity;
        }

        if (_old.TryGetValue(fingerprint, out identity))
        {
            Add(fingerprint, identity);
        }

        return identity;
    }

    public void Add(in TokenFingerprint fingerprint, VapidIdentity identity)
    {
        lock (_turn)
        {
            if (!_young.TryAdd(fingerprint, identity))
            {
                _young[fingerprint] = identity;
                return;
            }

            if (++_count >= _generation)
            {
                _old = _young;
                _young = new();
                _count = 0;
            }
        }
    }
}
