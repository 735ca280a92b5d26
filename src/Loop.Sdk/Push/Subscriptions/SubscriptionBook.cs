namespace Loop.Sdk.Push;

/// <summary>The subscriptions, by name and by channel, and the channels that are being made or ended.</summary>
internal sealed class SubscriptionBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptSubscription> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptSubscription> _byChannel = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private bool _isLoaded;

    public IReadOnlyList<KeptSubscription> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _byName.Values];
            }
        }
    }

    /// <summary>Takes over what was kept, the first time.</summary>
    public void Load(IEnumerable<KeptSubscription> subscriptions)
    {
        lock (_lock)
        {
            if (_isLoaded)
            {
                return;
            }

            foreach (var subscription in subscriptions)
            {
                Put(subscription);
            }

            _isLoaded = true;
        }
    }

    public KeptSubscription? Find(string channel)
    {
        lock (_lock)
        {
            return _byChannel.GetValueOrDefault(channel);
        }
    }

    public KeptSubscription? FindByName(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public void Add(KeptSubscription subscription)
    {
        lock (_lock)
        {
            Put(subscription);
        }
    }

    /// <summary>Removes a subscription.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(KeptSubscription subscription)
    {
        lock (_lock)
        {
            return _byChannel.Remove(subscription.Channel) && _byName.Remove(subscription.Name);
        }
    }

    /// <summary>A channel is about to be subscribed to: the server may know it before it is here.</summary>
    public void Begin(string channel)
    {
        lock (_lock)
        {
            _underWay.Add(channel);
        }
    }

    public void Finish(string channel)
    {
        lock (_lock)
        {
            _underWay.Remove(channel);
        }
    }

    /// <summary>Whether nobody here has keys for a channel, or is going to.</summary>
    public bool IsOrphan(string channel)
    {
        lock (_lock)
        {
            return !_byChannel.ContainsKey(channel) && !_underWay.Contains(channel);
        }
    }

    private void Put(KeptSubscription subscription)
    {
        _byName.Add(subscription.Name, subscription);
        _byChannel.Add(subscription.Channel, subscription);
    }
}
