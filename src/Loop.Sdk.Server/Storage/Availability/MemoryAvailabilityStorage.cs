namespace Loop.Sdk.Server.Storage;

/// <summary>Keeps availability in memory only: for tests, and for hosts that need not remember anything.</summary>
public sealed class MemoryAvailabilityStorage : IAvailabilityStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StatusRecord> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, GrantRecord>> _byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, GrantRecord>> _byApplication = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> SeeAsync(string account, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        RoomRecordGuard.Time(now);
        return Run(() => _accounts.TryAdd(account, StatusRecord.None));
    }

    /// <inheritdoc/>
    public Task<bool> IsKnownAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return Run(() => _accounts.ContainsKey(account));
    }

    /// <inheritdoc/>
    public Task SetStatusAsync(string account, StatusRecord status, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        AvailabilityRecordGuard.Check(status);
        RoomRecordGuard.Time(now);
        return Run(() => _accounts[account] = status);
    }

    /// <inheritdoc/>
    public Task<StatusRecord> GetStatusAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return Run(() => StatusOf(account));
    }

    /// <inheritdoc/>
    public Task<GrantRecord?> GrantAsync(GrantRecord grant, int most, CancellationToken cancellationToken)
    {
        AvailabilityRecordGuard.Check(grant);
        return Run(() =>
        {
            var own = Of(_byAccount, grant.Account);
            if (own.TryGetValue(grant.Application, out var known))
            {
                return known;
            }

            if (own.Count >= most)
            {
                return null;
            }

            _accounts.TryAdd(grant.Account, StatusRecord.None);
            own.Add(grant.Application, grant);
            Of(_byApplication, grant.Application).Add(grant.Id, grant);
            return grant;
        });
    }

    /// <inheritdoc/>
    public Task<GrantRecord?> RevokeAsync(string account, string application, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        RoomRecordGuard.Id(application, nameof(application));
        return Run(() =>
        {
            GrantRecord? grant = null;
            if (_byAccount.GetValueOrDefault(account)?.Remove(application, out grant) == true)
            {
                _byApplication[application].Remove(grant!.Id);
            }

            return grant;
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantRecord>> ListGrantsAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return Run<IReadOnlyList<GrantRecord>>(() => [.. _byAccount.GetValueOrDefault(account)?.Values ?? Enumerable.Empty<GrantRecord>()]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PersonRecord>> ListPeopleAsync(string application, string after, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(application, nameof(application));
        ArgumentNullException.ThrowIfNull(after);
        AvailabilityRecordGuard.Limit(limit);
        return Run<IReadOnlyList<PersonRecord>>(() =>
        [
            .. (_byApplication.GetValueOrDefault(application) ?? []).Where(grant => string.CompareOrdinal(grant.Key, after) > 0).Take(limit)
                .Select(grant => new PersonRecord(grant.Value, StatusOf(grant.Value.Account))),
        ]);
    }

    /// <inheritdoc/>
    public Task<PersonRecord?> FindPersonAsync(string application, string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(application, nameof(application));
        RoomRecordGuard.Id(id, nameof(id));
        return Run(() => _byApplication.GetValueOrDefault(application)?.GetValueOrDefault(id) is { } grant ? new PersonRecord(grant, StatusOf(grant.Account)) : null);
    }

    // For what is about to be put there.
    private static SortedDictionary<string, GrantRecord> Of(Dictionary<string, SortedDictionary<string, GrantRecord>> grants, string key)
    {
        if (!grants.TryGetValue(key, out var own))
        {
            grants.Add(key, own = new(StringComparer.Ordinal));
        }

        return own;
    }

    private StatusRecord StatusOf(string account) => _accounts.GetValueOrDefault(account) ?? StatusRecord.None;

    private Task<T> Run<T>(Func<T> run)
    {
        lock (_lock)
        {
            return Task.FromResult(run());
        }
    }
}
