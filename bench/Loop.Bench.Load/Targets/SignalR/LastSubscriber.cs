namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>The connection that subscribed last: single events go to it.</summary>
internal sealed class LastSubscriber
{
    private volatile string _connectionId = "";

    public string ConnectionId
    {
        get => _connectionId;
        set => _connectionId = value;
    }
}
