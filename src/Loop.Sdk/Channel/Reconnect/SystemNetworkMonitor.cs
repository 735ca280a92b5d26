using System.Net.NetworkInformation;

namespace Loop.Sdk.Reconnect;

/// <summary>The system's own view. All clients share one subscription to it.</summary>
internal sealed class SystemNetworkMonitor : INetworkMonitor
{
    private readonly Members<INetworkListener> _listeners = new();
    private int _subscribed;

    private SystemNetworkMonitor()
    {
    }

    public static SystemNetworkMonitor Instance { get; } = new();

    public void Add(INetworkListener listener)
    {
        _listeners.Add(listener);
        if (Interlocked.Exchange(ref _subscribed, 1) == 0)
        {
            Subscribe();
        }
    }

    public void Remove(INetworkListener listener) => _listeners.Remove(listener);

    private void Subscribe()
    {
        try
        {
            NetworkChange.NetworkAvailabilityChanged += (_, change) =>
            {
                if (change.IsAvailable)
                {
                    Announce();
                }
            };
        }
        catch (Exception exception) when (exception is PlatformNotSupportedException or NetworkInformationException)
        {
            // Then the waits between attempts simply run their time.
        }
    }

    private void Announce()
    {
        foreach (var listener in _listeners.Snapshot())
        {
            listener.OnNetworkAvailable();
        }
    }
}
