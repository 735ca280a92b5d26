namespace Loop.Bench.Load.Client;

/// <summary>The client's half of a target.</summary>
internal interface IClientTarget
{
    /// <summary>Opens one session. What it can do beyond an echo shows in the interfaces that it implements.</summary>
    Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken);
}
