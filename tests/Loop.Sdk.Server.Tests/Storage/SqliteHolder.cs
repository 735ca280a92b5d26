using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>A store on a file of its own, which goes with it.</summary>
internal sealed class SqliteHolder : IAsyncDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteHolder()
    {
        _database = _folder.Open();
        Storage = new SqliteRoomStorage(_database);
    }

    public IRoomStorage Storage { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
