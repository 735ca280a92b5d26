namespace Loop.Sdk.Server.Storage;

/// <summary>Keeps user agents in memory only: for tests, and for hosts that need not remember anything. Searches look at every word that there is.</summary>
public sealed class MemoryUserAgentStorage : IUserAgentStorage
{
    private readonly Lock _gate = new();
    private readonly string _epoch = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, MemoryAgentLedger> _accounts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => Task.FromResult(_epoch);

    /// <inheritdoc/>
    public Task<UserAgentResult> StartSessionAsync(string account, NewAgentSession session, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(session);
        return RunAsync(account, ledger => ledger.Start(session), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentResult> EndSessionAsync(string account, long session, string? reason, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Text(reason, RoomStorageLimits.MaxId, nameof(reason));
        UserAgentRecordGuard.Time(now);
        return RunAsync(account, ledger => ledger.End(session, reason, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentResult> AddVisitAsync(string account, NewVisit visit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(visit);
        return RunAsync(account, ledger => ledger.Add(visit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentResult> SavePageAsync(string account, NewPage page, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(page);
        return RunAsync(account, ledger => ledger.Save(page), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentResult> StarAsync(string account, NewStar star, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(star);
        return RunAsync(account, ledger => ledger.Star(star), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PlaceImportResult> ImportAsync(string account, PlaceImport import, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(import);

        // Nothing here can be undone: whatever may fail does so before anything is changed.
        var places = new List<ImportedPlace>();
        foreach (var place in import.Places)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserAgentRecordGuard.Check(place);
            places.Add(place);
        }

        return RunAsync(
            account,
            ledger =>
            {
                ledger.CheckStars(places, import.MaxStars);
                return ledger.Import(import with { Places = places }, CancellationToken.None);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundPlace>> SearchAsync(string account, PlaceSearch search, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(search);
        return RunAsync(account, ledger => new MemoryPlaceFinder(ledger, search).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PlaceRecord>> ListTopAsync(string account, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ListTop(limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PlacePage> ListVisitedAsync(string account, PlaceCursor? before, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ListVisited(before, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StarRecord>> ListStarredAsync(string account, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ListStarred(limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentChanges<StarRecord>> ReadStarsAsync(string account, long since, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ReadStars(since, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentChanges<PlaceRecord>> ReadHistoryAsync(string account, long since, int window, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(window);
        return ReadAsync(account, reader => reader.ReadHistory(since, window), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UserAgentChanges<AgentSessionRecord>> ReadSessionsAsync(string account, long since, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Limit(limit);
        return ReadAsync(account, reader => reader.ReadSessions(since, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ForgetStep> ForgetAsync(string account, ForgetRange range, long after, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Check(range);
        UserAgentRecordGuard.Limit(limit);
        return RunAsync(account, ledger => ledger.Forget(range, after, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> IsUnsettledAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<int> SweepKeysAsync(long before, int limit, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Time(before);
        UserAgentRecordGuard.Limit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var removed = 0;
            foreach (var ledger in _accounts.Values.TakeWhile(_ => removed < limit))
            {
                removed += ledger.SweepKeys(before, limit - removed);
            }

            return Task.FromResult(removed);
        }
    }

    private Task<T> ReadAsync<T>(string account, Func<MemoryAgentReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(account, ledger => read(new MemoryAgentReader(ledger, _epoch)), cancellationToken);

    private Task<T> RunAsync<T>(string account, Func<MemoryAgentLedger, T> run, CancellationToken cancellationToken)
    {
        UserAgentRecordGuard.Account(account);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            if (!_accounts.TryGetValue(account, out var ledger))
            {
                _accounts.Add(account, ledger = new MemoryAgentLedger());
            }

            return Task.FromResult(run(ledger));
        }
    }
}
