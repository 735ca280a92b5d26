namespace Loop.Sdk.Server.Storage;

/// <summary>What the server needs to send messages itself: its keys, and accounts' subscriptions with other push services.</summary>
public interface IPushSenderStore
{
    /// <summary>The secret with a name, which is kept if there is none yet.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The secret to begin with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret that is there.</returns>
    Task<ReadOnlyMemory<byte>> GetOrAddSecretAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Keeps an account's subscription with another push service; one with the same endpoint is replaced.</summary>
    /// <param name="endpoint">The subscription.</param>
    /// <param name="accountLimit">How many an account may have. The oldest makes room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddForeignAsync(ForeignEndpointRecord endpoint, int accountLimit, CancellationToken cancellationToken);

    /// <summary>An account's subscriptions with other push services, oldest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ForeignEndpointRecord>> ListForeignAsync(string account, CancellationToken cancellationToken);

    /// <summary>Forgets a subscription with another push service.</summary>
    /// <param name="account">The account.</param>
    /// <param name="endpoint">The endpoint's URL.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveForeignAsync(string account, string endpoint, CancellationToken cancellationToken);
}
