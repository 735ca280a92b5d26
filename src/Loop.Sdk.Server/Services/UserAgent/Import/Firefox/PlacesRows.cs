using Loop.Sdk.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Rows that are gone through once. It stands on the first one.</summary>
internal sealed class PlacesRows : IDisposable
{
    private readonly SqliteStatement _statement;

    public PlacesRows(SqliteStatement statement)
    {
        _statement = statement;
        Next();
    }

    /// <summary>Whether it stands on a row.</summary>
    public bool IsRow { get; private set; }

    public void Next()
    {
        try
        {
            IsRow = _statement.Step();
        }
        catch (SqliteException exception)
        {
            throw PlacesFile.Damaged(exception);
        }
    }

    public long Number(int column) => _statement.Number(column);

    public string? Text(int column) => _statement.TextOrNull(column);

    public void Dispose() => _statement.Dispose();
}
