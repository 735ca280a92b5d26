namespace Loop.Sdk.Server.Storage;

/// <summary>The tables of availability.</summary>
internal static class AvailabilityMigrations
{
    public static IReadOnlyList<SqliteMigration> All { get; } = [new(3, Tables)];

    private const string Tables = """
        CREATE TABLE accounts(account TEXT PRIMARY KEY, seen INTEGER NOT NULL, mode INTEGER NOT NULL, text TEXT) STRICT, WITHOUT ROWID;
        CREATE TABLE grants(
            account TEXT NOT NULL REFERENCES accounts(account) ON DELETE CASCADE, application TEXT NOT NULL, id TEXT NOT NULL, granted INTEGER NOT NULL,
            PRIMARY KEY (account, application), UNIQUE (application, id)) STRICT, WITHOUT ROWID;
        """;
}
