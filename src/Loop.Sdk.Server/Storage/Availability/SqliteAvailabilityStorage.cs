namespace Loop.Sdk.Server.Storage;

/// <summary>Availability in a SQLite file.</summary>
internal sealed class SqliteAvailabilityStorage(SqliteDatabase database) : IAvailabilityStorage
{
    private const string See = "INSERT INTO accounts(account, seen, mode) VALUES (?1, ?2, 0) ON CONFLICT (account) DO NOTHING";

    private const string SetStatus = """
        INSERT INTO accounts(account, seen, mode, text) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account) DO UPDATE SET mode = excluded.mode, text = excluded.text
        """;

    private const string Person = "SELECT g.application, g.account, g.id, g.granted, a.mode, a.text FROM grants g JOIN accounts a ON a.account = g.account WHERE g.application = ?1";

    public Task<bool> SeeAsync(string account, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        RoomRecordGuard.Time(now);
        return database.WriteAsync(session => session.Prepare(See).Bind(account).Bind(now).Run() > 0, cancellationToken);
    }

    public Task<bool> IsKnownAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return database.ReadOneAsync(session => session.Prepare("SELECT 1 FROM accounts WHERE account = ?1").Bind(account).First(static _ => true), cancellationToken);
    }

    public Task SetStatusAsync(string account, StatusRecord status, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        AvailabilityRecordGuard.Check(status);
        RoomRecordGuard.Time(now);
        return database.WriteAsync(session => session.Prepare(SetStatus).Bind(account).Bind(now).Bind((long)status.Mode).Bind(status.Text).Run(), cancellationToken);
    }

    public Task<StatusRecord> GetStatusAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return database.ReadAsync(
            session => session.Prepare("SELECT mode, text FROM accounts WHERE account = ?1").Bind(account)
                .First(static row => new StatusRecord(row.Int(0), row.TextOrNull(1))) ?? StatusRecord.None,
            cancellationToken);
    }

    public Task<GrantRecord?> GrantAsync(GrantRecord grant, int most, CancellationToken cancellationToken)
    {
        AvailabilityRecordGuard.Check(grant);
        return database.WriteAsync(
            session =>
            {
                if (Find(session, grant.Account, grant.Application) is { } known)
                {
                    return known;
                }

                if (session.Prepare("SELECT count(*) FROM grants WHERE account = ?1").Bind(grant.Account).First(static row => row.Number(0)) >= most)
                {
                    return null;
                }

                session.Prepare(See).Bind(grant.Account).Bind(grant.GrantedAt).Run();
                session.Prepare("INSERT INTO grants(account, application, id, granted) VALUES (?1, ?2, ?3, ?4)")
                    .Bind(grant.Account).Bind(grant.Application).Bind(grant.Id).Bind(grant.GrantedAt).Run();
                return grant;
            },
            cancellationToken);
    }

    public Task<GrantRecord?> RevokeAsync(string account, string application, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        RoomRecordGuard.Id(application, nameof(application));
        return database.WriteAsync(
            session =>
            {
                var grant = Find(session, account, application);
                session.Prepare("DELETE FROM grants WHERE account = ?1 AND application = ?2").Bind(account).Bind(application).Run();
                return grant;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<GrantRecord>> ListGrantsAsync(string account, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(account, nameof(account));
        return database.ReadAsync<IReadOnlyList<GrantRecord>>(
            session => session.Prepare("SELECT application, account, id, granted FROM grants WHERE account = ?1 ORDER BY application").Bind(account).ToList(Grant),
            cancellationToken);
    }

    public Task<IReadOnlyList<PersonRecord>> ListPeopleAsync(string application, string after, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(application, nameof(application));
        ArgumentNullException.ThrowIfNull(after);
        AvailabilityRecordGuard.Limit(limit);
        return database.ReadAsync<IReadOnlyList<PersonRecord>>(
            session => session.Prepare($"{Person} AND g.id > ?2 ORDER BY g.id LIMIT ?3").Bind(application).Bind(after).Bind((long)limit).ToList(Read), cancellationToken);
    }

    public Task<PersonRecord?> FindPersonAsync(string application, string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(application, nameof(application));
        RoomRecordGuard.Id(id, nameof(id));
        return database.ReadOneAsync(session => session.Prepare($"{Person} AND g.id = ?2").Bind(application).Bind(id).First(Read), cancellationToken);
    }

    private static GrantRecord? Find(SqliteSession session, string account, string application) =>
        session.Prepare("SELECT application, account, id, granted FROM grants WHERE account = ?1 AND application = ?2").Bind(account).Bind(application).First(Grant);

    private static GrantRecord Grant(SqliteStatement row) => new(row.Text(0), row.Text(1), row.Text(2), row.Number(3));

    private static PersonRecord Read(SqliteStatement row) => new(Grant(row), new StatusRecord(row.Int(4), row.TextOrNull(5)));
}
