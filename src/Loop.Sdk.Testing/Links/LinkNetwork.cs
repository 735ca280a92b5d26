using Loop.Sdk.Reconnect;

namespace Loop.Sdk.Testing;

/// <summary>Tells a client when its link carries connections again, the way the system tells that a network is back.</summary>
internal sealed class LinkNetwork : INetworkMonitor
{
    private readonly Lock _lock = new();
    private INetworkListener[] _listeners = [];

    public void Add(INetworkListener listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    public void Remove(INetworkListener listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }

    public void Announce()
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            listener.OnNetworkAvailable();
        }
    }
}
