using Loop.Sdk.Reconnect;

namespace Loop.Sdk.Channels;

/// <summary>What happens by the clock and by the network, while the channel is open.</summary>
internal sealed partial class ConnectionLoop : IHeartbeatMember, INetworkListener
{
    void IHeartbeatMember.OnBeat()
    {
        sessions.Current?.Tick(clock.Now);
        if (reauthentication is not null && states.State == ChannelState.Connected && expiry.IsDue)
        {
            reauthentication.Renew(Stopping);
        }
    }

    void IHeartbeatMember.OnWake() => Recheck();

    void INetworkListener.OnNetworkAvailable() => Recheck();

    private INetworkMonitor Network => options.NetworkMonitor ?? SystemNetworkMonitor.Instance;

    // The connection may be dead without knowing it, and if there is none, there is reason to hope for one.
    private void Recheck()
    {
        sessions.Current?.Probe(clock.Now);
        _wait.Skip();
    }

    private void Watch()
    {
        Heartbeat.For(options.TimeProvider).Add(this);
        Network.Add(this);
    }

    private void Unwatch()
    {
        Heartbeat.For(options.TimeProvider).Remove(this);
        Network.Remove(this);
    }
}
