using Loop.Sdk.Reconnect;

namespace Loop.Sdk.Tests.Harness;

/// <summary>A network that comes back when a test says so.</summary>
internal sealed class ManualNetwork : INetworkMonitor
{
    private readonly Members<INetworkListener> _listeners = new();

    public void Add(INetworkListener listener) => _listeners.Add(listener);

    public void Remove(INetworkListener listener) => _listeners.Remove(listener);

    public void ComeBack()
    {
        foreach (var listener in _listeners.Snapshot())
        {
            listener.OnNetworkAvailable();
        }
    }
}
