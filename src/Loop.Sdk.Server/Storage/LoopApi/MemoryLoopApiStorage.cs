namespace Loop.Sdk.Server.Storage;

/// <summary>Keeps sessions of the Loop HTTP API in memory only: for tests, and for hosts whose sessions need not outlive them.</summary>
public sealed class MemoryLoopApiStorage : ILoopApiStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryLoopApiSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MemoryLoopApiSession>> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopApiVersionRecord> _versions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task AddAsync(LoopApiSessionRecord session, int limit, CancellationToken cancellationToken)
    {
        LoopApiRecordGuard.Check(session, limit);
        return Run(() =>
        {
            Remove(session.Id);
            var added = new MemoryLoopApiSession(session);
            _sessions.Add(session.Id, added);
            if (!_users.TryGetValue(session.User, out var own))
            {
                _users.Add(session.User, own = []);
            }

            own.Add(added);
            foreach (var old in own.OrderByDescending(static one => one.Record.CreatedAt).ThenByDescending(static one => one.Record.Id, StringComparer.Ordinal).Skip(limit).ToList())
            {
                Remove(old.Record.Id);
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public Task<LoopApiSessionRecord?> FindAsync(string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return Run(() => _sessions.GetValueOrDefault(id)?.Record is { } record && record.ExpiresAt > now ? record : null);
    }

    /// <inheritdoc/>
    public Task ProlongAsync(string id, long expiresAt, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        RoomRecordGuard.Time(expiresAt);
        return Run(() =>
        {
            if (_sessions.GetValueOrDefault(id) is { } session)
            {
                session.Record = session.Record with { ExpiresAt = Math.Max(session.Record.ExpiresAt, expiresAt) };
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return Run(() => Remove(id));
    }

    /// <inheritdoc/>
    public Task<int> RemoveUserAsync(string user, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        return Run(() => Own(user).ToList().Count(session => Remove(session.Record.Id)));
    }

    /// <inheritdoc/>
    public Task<bool> SetUrlsAsync(string id, IReadOnlyDictionary<string, string> urls, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        LoopApiRecordGuard.Check(urls);
        return Run(() =>
        {
            if (_sessions.GetValueOrDefault(id) is not { } session)
            {
                return false;
            }

            foreach (var (topic, url) in urls)
            {
                session.Urls[topic] = url;
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public Task ClearUrlsAsync(string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return Run(() =>
        {
            _sessions.GetValueOrDefault(id)?.Urls.Clear();
            return true;
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListUrlsAsync(string user, string topic, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        RoomRecordGuard.Id(topic, "topic");
        return Run<IReadOnlyList<string>>(() =>
        [
            .. Own(user).Where(session => session.Record.ExpiresAt > now).Select(session => session.Urls.GetValueOrDefault(topic)).OfType<string>()
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ]);
    }

    /// <inheritdoc/>
    public Task<LoopApiVersionRecord> AdvanceAsync(string user, long second, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        LoopApiRecordGuard.Second(second);
        return Run(() => _versions[user] = LoopApiVersionRecord.Next(_versions.GetValueOrDefault(user), second));
    }

    /// <inheritdoc/>
    public Task<LoopApiVersionRecord?> GetVersionAsync(string user, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        return Run(() => _versions.GetValueOrDefault(user));
    }

    /// <inheritdoc/>
    public Task<int> SweepAsync(long now, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Time(now);
        LoopApiRecordGuard.Limit(limit);
        return Run(() =>
        {
            var sessions = _sessions.Values.Where(session => session.Record.ExpiresAt <= now).Take(limit).ToList();
            sessions.ForEach(session => Remove(session.Record.Id));
            var old = _versions.Where(version => version.Value.Version < (now / 1000) - LoopApiRecordGuard.VersionSeconds).Select(static version => version.Key).Take(limit).ToList();
            old.ForEach(user => _versions.Remove(user));
            return Math.Max(sessions.Count, old.Count);
        });
    }

    private List<MemoryLoopApiSession> Own(string user) => _users.GetValueOrDefault(user) ?? [];

    private bool Remove(string id)
    {
        if (!_sessions.Remove(id, out var session))
        {
            return false;
        }

        var own = _users[session.Record.User];
        own.Remove(session);
        if (own.Count == 0)
        {
            _users.Remove(session.Record.User);
        }

        return true;
    }

    private Task<T> Run<T>(Func<T> run)
    {
        lock (_lock)
        {
            return Task.FromResult(run());
        }
    }
}
