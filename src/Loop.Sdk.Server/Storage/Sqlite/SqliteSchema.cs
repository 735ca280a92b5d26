namespace Loop.Sdk.Server.Storage;

/// <summary>All steps of the file's format. All of them always run, whatever services a host has, so that a file's version has one meaning.</summary>
internal sealed class SqliteSchema
{
    /// <summary>Marks the file as ours: «LOOP».</summary>
    public const int ApplicationId = 0x4C4F4F50;

    public static readonly SqliteSchema Current = new([
        .. RoomMigrations.All, .. AvailabilityMigrations.All, SqliteIdentity.Migration, .. PushMigrations.All, .. UserAgentMigrations.All, .. LoopApiMigrations.All]);

    public SqliteSchema(IReadOnlyList<SqliteMigration> migrations)
    {
        Migrations = [.. migrations.OrderBy(static migration => migration.Version)];
        for (var index = 0; index < Migrations.Count; index++)
        {
            if (Migrations[index].Version != index + 1)
            {
                throw new ArgumentException($"Migrations are numbered 1, 2, 3; {index + 1} is missing or there twice.", nameof(migrations));
            }
        }
    }

    public IReadOnlyList<SqliteMigration> Migrations { get; }

    public int Version => Migrations.Count;

    /// <summary>Whether a file of this format remembers when it was open.</summary>
    public bool KeepsBoot => Version >= SqliteIdentity.Migration.Version;
}
