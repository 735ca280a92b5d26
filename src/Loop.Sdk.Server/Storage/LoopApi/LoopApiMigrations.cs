namespace Loop.Sdk.Server.Storage;

/// <summary>The tables of the Loop HTTP API.</summary>
internal static class LoopApiMigrations
{
    public static IReadOnlyList<SqliteMigration> All { get; } = [new(7, Tables)];

    private const string Tables = """
        CREATE TABLE loop_sessions(
            id TEXT PRIMARY KEY, user TEXT NOT NULL, account TEXT, key BLOB NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX loop_sessions_by_user ON loop_sessions(user, created, id);
        CREATE INDEX loop_sessions_by_expiry ON loop_sessions(expires, id);
        CREATE TABLE loop_urls(
            session TEXT NOT NULL REFERENCES loop_sessions(id) ON DELETE CASCADE, topic TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (session, topic)) STRICT, WITHOUT ROWID;
        CREATE TABLE loop_versions(user TEXT PRIMARY KEY, version INTEGER NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX loop_versions_by_age ON loop_versions(version);
        """;
}
