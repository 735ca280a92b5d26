using System.Collections.Concurrent;

namespace Loop.Sdk.Server;

/// <summary>Every session of the server, until its last connection has ended.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<SessionId, ServerPeer> _sessions = new();
    private readonly ConcurrentDictionary<string, ServerPeer[]> _principals = new();
    private TaskCompletionSource? _empty;
    private int _count;
    private int _attached;

    /// <summary>Sessions, with a connection or without.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Sessions with a connection.</summary>
    public int AttachedCount => Volatile.Read(ref _attached);

    /// <summary>The sessions, at no particular moment.</summary>
    public IEnumerable<ServerPeer> Sessions
    {
        get
        {
            // Enumerating the dictionary takes no lock and no snapshot.
            foreach (var session in _sessions)
            {
                yield return session.Value;
            }
        }
    }

    public ServerPeer? Find(SessionId id) => _sessions.GetValueOrDefault(id);

    /// <summary>How many sessions a principal has. Anonymous clients are not counted.</summary>
    public int CountOf(string principalId) => Of(principalId).Count;

    /// <summary>A principal's sessions, at no particular moment. Anonymous clients have none.</summary>
    public IReadOnlyList<ServerPeer> Of(string principalId) => _principals.GetValueOrDefault(principalId) ?? [];

    /// <summary>The session of a principal that is longest without a connection, or null.</summary>
    public ServerPeer? LongestDetached(string principalId)
    {
        var candidate = Of(principalId).MinBy(static session => session.DetachedAt);
        return candidate?.DetachedAt == long.MaxValue ? null : candidate;
    }

    public void Add(ServerPeer session)
    {
        _sessions.TryAdd(session.Id, session);
        Interlocked.Increment(ref _count);
        if (session.PrincipalId.Length > 0)
        {
            _principals.AddOrUpdate(session.PrincipalId, static (_, session) => [session], static (_, known, session) => [.. known, session], session);
        }
    }

    public void Remove(ServerPeer session)
    {
        if (!_sessions.TryRemove(session.Id, out _))
        {
            return;
        }

        if (session.PrincipalId.Length > 0
            && _principals.AddOrUpdate(session.PrincipalId, static (_, _) => [], static (_, known, session) => [.. known.Where(other => other != session)], session) is { Length: 0 } none)
        {
            _principals.TryRemove(KeyValuePair.Create(session.PrincipalId, none));
        }

        if (Interlocked.Decrement(ref _count) == 0)
        {
            Volatile.Read(ref _empty)?.TrySetResult();
        }
    }

    public void Attached() => Interlocked.Increment(ref _attached);

    public void Detached() => Interlocked.Decrement(ref _attached);

    /// <summary>Ends when there is no session left. Only when no more are added.</summary>
    public Task WhenEmptyAsync()
    {
        var empty = Volatile.Read(ref _empty);
        if (empty is null)
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = Interlocked.CompareExchange(ref _empty, fresh, null) ?? fresh;
        }

        if (Count == 0)
        {
            empty.TrySetResult();
        }

        return empty.Task;
    }
}
