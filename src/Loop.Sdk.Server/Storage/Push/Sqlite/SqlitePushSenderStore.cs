namespace Loop.Sdk.Server.Storage;

/// <summary>The sender's keys and foreign endpoints in a SQLite file.</summary>
internal sealed class SqlitePushSenderStore(SqliteDatabase database) : IPushSenderStore
{
    public Task<ReadOnlyMemory<byte>> GetOrAddSecretAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        PushRecordGuard.Secret(name, value);
        return database.WriteAsync<ReadOnlyMemory<byte>>(
            session =>
            {
                session.Prepare("INSERT INTO push_secrets(name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING").Bind(name).Bind(value).Run();
                return session.Prepare("SELECT value FROM push_secrets WHERE name = ?1").Bind(name).First(static row => row.Blob(0));
            },
            cancellationToken);
    }

    public Task AddForeignAsync(ForeignEndpointRecord endpoint, int accountLimit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(endpoint);
        PushRecordGuard.Range(accountLimit, 1, int.MaxValue, "number of endpoints");
        return database.WriteAsync(
            session =>
            {
                session.Prepare("INSERT OR REPLACE INTO push_foreign(account, url, public_key, auth, created) VALUES (?1, ?2, ?3, ?4, ?5)")
                    .Bind(endpoint.Account).Bind(endpoint.Url).Bind(endpoint.PublicKey).Bind(endpoint.Auth).Bind(endpoint.CreatedAt).Run();
                return session.Prepare("DELETE FROM push_foreign WHERE account = ?1 AND key <= (SELECT key FROM push_foreign WHERE account = ?1 ORDER BY key DESC LIMIT 1 OFFSET ?2)")
                    .Bind(endpoint.Account).Bind((long)accountLimit).Run();
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ForeignEndpointRecord>> ListForeignAsync(string account, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        return database.ReadAsync<IReadOnlyList<ForeignEndpointRecord>>(
            session => session.Prepare("SELECT account, url, public_key, auth, created FROM push_foreign WHERE account = ?1 ORDER BY key").Bind(account)
                .ToList(static row => new ForeignEndpointRecord(row.Text(0), row.Text(1), row.Blob(2), row.Blob(3), row.Number(4))),
            cancellationToken);
    }

    public Task<bool> RemoveForeignAsync(string account, string endpoint, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        PushRecordGuard.Url(endpoint);
        return database.WriteAsync(session => session.Prepare("DELETE FROM push_foreign WHERE account = ?1 AND url = ?2").Bind(account).Bind(endpoint).Run() > 0, cancellationToken);
    }
}
