using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Notifications;

/// <summary>Which accounts there ever were.</summary>
internal sealed class KnownAccounts(IAvailabilityStorage storage, TimeProvider time, ILogger<KnownAccounts> logger) : ISessionGreeter
{
    private readonly NotificationLog _log = new(logger);

    public void Greet(ServerPeer session)
    {
        if (session.PrincipalId.Length > 0)
        {
            _ = SeeAsync(session.PrincipalId);
        }
    }

    public Task<bool> HasAsync(string account, CancellationToken cancellationToken) => storage.IsKnownAsync(account, cancellationToken);

    private async Task SeeAsync(string account)
    {
        // Whoever opens the session is not to wait for the store.
        await Task.Yield();
        try
        {
            await storage.SeeAsync(account, time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.SeeFailed(exception);
        }
    }
}
