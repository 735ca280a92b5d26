using System.Globalization;

namespace Loop.Sdk.Server.Storage;

/// <summary>Brings a file to the current format, each step in a transaction of its own.</summary>
internal static class SqliteMigrator
{
    public static void Run(SqliteSession session, SqliteSchema schema, SqliteLog log)
    {
        foreach (var migration in schema.Migrations)
        {
            session.Run("BEGIN IMMEDIATE");
            try
            {
                // Asked inside of the transaction: another process may be starting on the same file.
                if (session.Number("PRAGMA user_version") < migration.Version)
                {
                    session.Script(migration.Sql);
                    session.Script(string.Create(
                        CultureInfo.InvariantCulture, $"PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = {migration.Version}"));
                    log.Migrated(migration.Version);
                }

                session.Run("COMMIT");
            }
            catch
            {
                if (session.InTransaction)
                {
                    session.Run("ROLLBACK");
                }

                throw;
            }
        }
    }
}
