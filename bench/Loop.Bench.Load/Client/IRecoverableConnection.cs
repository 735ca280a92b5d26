namespace Loop.Bench.Load.Client;

/// <summary>A session that comes back after its socket was cut, subscriptions included.</summary>
internal interface IRecoverableConnection : IClientConnection
{
    /// <summary>Waits for the next cut, and completes when the session can be used again.</summary>
    Task RecoverAsync(CancellationToken cancellationToken);
}
