namespace Loop.Bench.Load.Client;

/// <summary>A target whose sessions can belong to accounts.</summary>
internal interface IAccountTarget : IClientTarget
{
    /// <summary>Opens one session of an account, which the server takes at its word.</summary>
    Task<IClientConnection> ConnectAsync(int port, string account, CancellationToken cancellationToken);
}
