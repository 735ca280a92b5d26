namespace Loop.Sdk.Server.Storage;

/// <summary>User agents in a SQLite file.</summary>
internal sealed class SqliteUserAgentStorage(SqliteDatabase database) : IUserAgentStorage
{
    // Pages of the index that are merged at once; negative to begin a merge of everything.
    private const long MergeOn = 500;
    private const long MergeAll = -MergeOn;

    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => database.ReadOneAsync(RoomFeedReader.ReadEpoch, cancellationToken);

    public Task<UserAgentResult> StartSessionAsync(string account, NewAgentSession session, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(session);
        return WriteAsync(account, ledger => ledger.Start(session), cancellationToken);
    }

    public Task<UserAgentResult> EndSessionAsync(string account, long session, string? reason, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Text(reason, RoomStorageLimits.MaxId, nameof(reason));
        UserAgentRecordGuard.Time(now);
        return WriteAsync(account, ledger => ledger.End(session, reason, now), cancellationToken);
    }

    public Task<UserAgentResult> AddVisitAsync(string account, NewVisit visit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(visit);
        return WriteAsync(account, ledger => ledger.Add(visit), cancellationToken);
    }

    public Task<UserAgentResult> SavePageAsync(string account, NewPage page, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(page);
        return WriteAsync(account, ledger => ledger.Save(page), cancellationToken);
    }

    public Task<UserAgentResult> StarAsync(string account, NewStar star, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(star);
        return WriteAsync(account, ledger => ledger.Star(star), cancellationToken);
    }

    public Task<PlaceImportResult> ImportAsync(string account, PlaceImport import, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(import);
        return WriteAsync(account, ledger => ledger.Import(import, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<FoundPlace>> SearchAsync(string account, PlaceSearch search, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Account(account);
        UserAgentRecordGuard.Check(search);
        return database.ReadAsync(
            session => session.Prepare("SELECT key FROM ua_accounts WHERE account = ?1").Bind(account).First(static row => (long?)row.Number(0)) is { } key
                ? new PlaceFinder(session, key, search).Run()
                : [],
            cancellationToken);
    }

    public Task<IReadOnlyList<PlaceRecord>> ListTopAsync(string account, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync<IReadOnlyList<PlaceRecord>>(account, reader => reader.ListTop(limit), cancellationToken);
    }

    public Task<PlacePage> ListVisitedAsync(string account, PlaceCursor? before, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ListVisited(before, limit), cancellationToken);
    }

    public Task<IReadOnlyList<StarRecord>> ListStarredAsync(string account, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync<IReadOnlyList<StarRecord>>(account, reader => reader.ListStarred(limit), cancellationToken);
    }

    public Task<UserAgentChanges<StarRecord>> ReadStarsAsync(string account, long since, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ReadStars(since, limit), cancellationToken);
    }

    public Task<UserAgentChanges<PlaceRecord>> ReadHistoryAsync(string account, long since, int window, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(window);
        return ReadAsync(account, reader => reader.ReadHistory(since, window), cancellationToken);
    }

    public Task<UserAgentChanges<AgentSessionRecord>> ReadSessionsAsync(string account, long since, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ReadSessions(since, limit), cancellationToken);
    }

    public Task<ForgetStep> ForgetAsync(string account, ForgetRange range, long after, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(range);
        UserAgentRecordGuard.Limit(limit);
        UserAgentRecordGuard.Account(account);
        return database.WriteAsync(
            session =>
            {
                // If the process dies before this is settled, the next one knows of it.
                session.Run("INSERT INTO ua_deletions DEFAULT VALUES");
                return SqliteAgentLedger.Write(session, account, ledger => ledger.Forget(range, after, limit));
            },
            cancellationToken);
    }

    public Task<bool> IsUnsettledAsync(CancellationToken cancellationToken) =>
        database.ReadOneAsync(static session => session.Number("SELECT EXISTS(SELECT 1 FROM ua_deletions)") != 0, cancellationToken);

    // The index keeps words that were deleted until its parts are merged. That is done piece by piece, so that others can write meanwhile.
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var last = await database.ReadOneAsync(static session => session.Number("SELECT ifnull(max(id), 0) FROM ua_deletions"), cancellationToken).ConfigureAwait(false);
        var merge = MergeAll;
        while (await database.WriteAsync(session => Merge(session, merge), cancellationToken).ConfigureAwait(false))
        {
            merge = MergeOn;
        }

        await database.CheckpointAsync(cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(session => session.Prepare("DELETE FROM ua_deletions WHERE id <= ?1").Bind(last).Run(), cancellationToken).ConfigureAwait(false);
    }

    public Task<int> SweepKeysAsync(long before, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Time(before);
        UserAgentRecordGuard.Limit(limit);
        return database.WriteAsync(
            session => session.Prepare("DELETE FROM ua_keys WHERE sequence IN (SELECT sequence FROM ua_keys WHERE written < ?1 ORDER BY sequence LIMIT ?2)")
                .Bind(before).Bind((long)limit).Run(),
            cancellationToken);
    }

    // A command that did nothing counts as one change.
    private static bool Merge(SqliteSession session, long pages)
    {
        var before = session.TotalChanges;
        session.Prepare("INSERT INTO ua_words(ua_words, rank) VALUES ('merge', ?1)").Bind(pages).Run();
        return session.TotalChanges - before > 1;
    }

    private Task<T> WriteAsync<T>(string account, Func<SqliteAgentLedger, T> write, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Account(account);
        return database.WriteAsync(session => SqliteAgentLedger.Write(session, account, write), cancellationToken);
    }

    private Task<T> ReadAsync<T>(string account, Func<AgentReader, T> read, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Account(account);
        return database.ReadAsync(session => read(AgentReader.Open(session, account)), cancellationToken);
    }
}
