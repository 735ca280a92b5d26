using System.Diagnostics.Metrics;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>A folder of its own for a test's database.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loop-storage-").FullName;

    public string File => Path.Combine(_folder, "loop.db");

    public static SqliteDatabase Open(SqliteStorageOptions options, SqliteSchema? schema = null)
    {
        var database = Database(options, schema);
        database.Open();
        return database;
    }

    public static SqliteDatabase Database(SqliteStorageOptions options, SqliteSchema? schema = null)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new SqliteDatabase(options, schema ?? SqliteSchema.Current, NullLogger.Instance, new SqliteMetrics(meters));
    }

    /// <summary>A store of push on a file of its own, which goes with it.</summary>
    public static (IPushStorage Store, Func<ValueTask> Close) OpenPush()
    {
        var folder = new SqliteFolder();
        var database = folder.Open();
        return (new SqlitePushStorage(database), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }

    /// <summary>A store of user agents on a file of its own, which goes with it.</summary>
    public static (IUserAgentStorage Store, Func<ValueTask> Close) OpenUserAgent()
    {
        var folder = new SqliteFolder();
        var database = folder.Open();
        return (new SqliteUserAgentStorage(database), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }

    public SqliteDatabase Open() => Open(new SqliteStorageOptions { Path = File });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
