using System.Collections.Concurrent;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Notifications;

/// <summary>Which sessions an account has, and which accounts there ever were.</summary>
internal sealed class AccountSessions(IAvailabilityStorage storage, TimeProvider time, ILogger<AccountSessions> logger) : ISessionObserver
{
    private readonly ConcurrentDictionary<string, LoopSession[]> _sessions = new(StringComparer.Ordinal);
    private readonly NotificationLog _log = new(logger);

    public IReadOnlyList<LoopSession> Of(string account) => _sessions.GetValueOrDefault(account) ?? [];

    public async ValueTask ConnectedAsync(LoopSession session)
    {
        if (session.PrincipalId.Length == 0)
        {
            return;
        }

        _sessions.AddOrUpdate(session.PrincipalId, static (_, session) => [session], static (_, known, session) => [.. known, session], session);
        try
        {
            await storage.SeeAsync(session.PrincipalId, time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException exception)
        {
            _log.SeeFailed(exception);
        }
    }

    public ValueTask EndedAsync(LoopSession session, SessionEnd end)
    {
        if (session.PrincipalId.Length > 0)
        {
            _sessions.AddOrUpdate(session.PrincipalId, static (_, _) => [], static (_, known, session) => [.. known.Where(other => other != session)], session);
            _sessions.TryGetValue(session.PrincipalId, out var left);
            if (left is { Length: 0 })
            {
                _sessions.TryRemove(KeyValuePair.Create(session.PrincipalId, left));
            }
        }

        return ValueTask.CompletedTask;
    }
}
