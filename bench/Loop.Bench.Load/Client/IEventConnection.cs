namespace Loop.Bench.Load.Client;

/// <summary>A session that can receive single events which the server initiates.</summary>
internal interface IEventConnection : IClientConnection
{
    /// <summary>Subscribes to the server's events; the handler gets each note's id. It is never called twice at once.</summary>
    Task SubscribeAsync(Action<int> received);
}
