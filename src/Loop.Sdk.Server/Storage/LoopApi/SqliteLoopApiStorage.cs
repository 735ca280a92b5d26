namespace Loop.Sdk.Server.Storage;

/// <summary>Sessions of the Loop HTTP API in a SQLite file.</summary>
internal sealed class SqliteLoopApiStorage(SqliteDatabase database) : ILoopApiStorage
{
    private const string Trim = """
        DELETE FROM loop_sessions WHERE id IN (SELECT id FROM loop_sessions WHERE user = ?1 ORDER BY created DESC, id DESC LIMIT -1 OFFSET ?2)
        """;

    private const string Urls = """
        SELECT DISTINCT u.url FROM loop_sessions s JOIN loop_urls u ON u.session = s.id WHERE s.user = ?1 AND s.expires > ?2 AND u.topic = ?3 ORDER BY u.url
        """;

    private const string SetVersion =
        "INSERT INTO loop_versions(user, version, since) VALUES (?1, ?2, ?3) ON CONFLICT (user) DO UPDATE SET version = excluded.version, since = excluded.since";

    public Task AddAsync(LoopApiSessionRecord session, int limit, CancellationToken cancellationToken)
    {
        LoopApiRecordGuard.Check(session, limit);
        return database.WriteAsync(
            connection =>
            {
                connection.Prepare("INSERT OR REPLACE INTO loop_sessions(id, user, account, key, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                    .Bind(session.Id).Bind(session.User).Bind(session.Account).Bind(session.MaskedKey).Bind(session.CreatedAt).Bind(session.ExpiresAt).Run();
                return connection.Prepare(Trim).Bind(session.User).Bind((long)limit).Run();
            },
            cancellationToken);
    }

    public Task<LoopApiSessionRecord?> FindAsync(string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return database.ReadOneAsync(
            session => session.Prepare("SELECT id, user, account, key, created, expires FROM loop_sessions WHERE id = ?1 AND expires > ?2").Bind(id).Bind(now)
                .First(static row => new LoopApiSessionRecord(row.Text(0), row.Text(1), row.TextOrNull(2), row.Blob(3), row.Number(4), row.Number(5))),
            cancellationToken);
    }

    public Task ProlongAsync(string id, long expiresAt, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        RoomRecordGuard.Time(expiresAt);
        return database.WriteUnflushedAsync(
            session => session.Prepare("UPDATE loop_sessions SET expires = max(expires, ?2) WHERE id = ?1").Bind(id).Bind(expiresAt).Run(), cancellationToken);
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return database.WriteAsync(session => session.Prepare("DELETE FROM loop_sessions WHERE id = ?1").Bind(id).Run() > 0, cancellationToken);
    }

    public Task<int> RemoveUserAsync(string user, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        return database.WriteAsync(session => session.Prepare("DELETE FROM loop_sessions WHERE user = ?1").Bind(user).Run(), cancellationToken);
    }

    public Task<bool> SetUrlsAsync(string id, IReadOnlyDictionary<string, string> urls, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        LoopApiRecordGuard.Check(urls);
        return database.WriteAsync(
            session =>
            {
                if (!session.Prepare("SELECT 1 FROM loop_sessions WHERE id = ?1").Bind(id).First(static _ => true))
                {
                    return false;
                }

                foreach (var (topic, url) in urls)
                {
                    session.Prepare("INSERT OR REPLACE INTO loop_urls(session, topic, url) VALUES (?1, ?2, ?3)").Bind(id).Bind(topic).Bind(url).Run();
                }

                return true;
            },
            cancellationToken);
    }

    public Task ClearUrlsAsync(string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(id, "session");
        return database.WriteAsync(session => session.Prepare("DELETE FROM loop_urls WHERE session = ?1").Bind(id).Run(), cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListUrlsAsync(string user, string topic, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        RoomRecordGuard.Id(topic, "topic");
        return database.ReadOneAsync<IReadOnlyList<string>>(session => session.Prepare(Urls).Bind(user).Bind(now).Bind(topic).ToList(static row => row.Text(0)), cancellationToken);
    }

    public Task<LoopApiVersionRecord> AdvanceAsync(string user, long second, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        LoopApiRecordGuard.Second(second);
        return database.WriteUnflushedAsync(
            session =>
            {
                var next = LoopApiVersionRecord.Next(Version(session, user), second);
                session.Prepare(SetVersion).Bind(user).Bind(next.Version).Bind(next.Since).Run();
                return next;
            },
            cancellationToken);
    }

    public Task<LoopApiVersionRecord?> GetVersionAsync(string user, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(user, "user");
        return database.ReadOneAsync(session => Version(session, user), cancellationToken);
    }

    public Task<int> SweepAsync(long now, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Time(now);
        LoopApiRecordGuard.Limit(limit);
        return database.WriteAsync(
            session =>
            {
                var sessions = session.Prepare("DELETE FROM loop_sessions WHERE id IN (SELECT id FROM loop_sessions WHERE expires <= ?1 ORDER BY expires, id LIMIT ?2)")
                    .Bind(now).Bind((long)limit).Run();
                var versions = session.Prepare("DELETE FROM loop_versions WHERE user IN (SELECT user FROM loop_versions WHERE version < ?1 LIMIT ?2)")
                    .Bind((now / 1000) - LoopApiRecordGuard.VersionSeconds).Bind((long)limit).Run();
                return Math.Max(sessions, versions);
            },
            cancellationToken);
    }

    private static LoopApiVersionRecord? Version(SqliteSession session, string user) =>
        session.Prepare("SELECT version, since FROM loop_versions WHERE user = ?1").Bind(user).First(static row => new LoopApiVersionRecord(row.Number(0), row.Number(1)));
}
