using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loop.Sdk.Server.Storage;

/// <summary>A connection with its prepared statements. One thread uses it at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    public SqliteSession(string path, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        _connection = new SqliteConnection(text.ToString());
        try
        {
            _connection.Open();
            SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(Handle, (int)busyTimeout.TotalMilliseconds), Handle);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether a transaction is open. Some errors, such as a full disk, end it.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>How many rows were changed since it was opened, those of a virtual table's own tables included.</summary>
    public long TotalChanges => raw.sqlite3_total_changes(Handle);

    /// <summary>How many pages it wrote since this was asked last, to the journal if there is one.</summary>
    public int TakePagesWritten()
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1), Handle);
        return pages;
    }

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>Has statements fail that read or make a value of more bytes.</summary>
    public void LimitValues(int bytes) => raw.sqlite3_limit(Handle, raw.SQLITE_LIMIT_LENGTH, bytes);

    /// <summary>Has the statement that runs now fail. From any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Handle);

    /// <summary>The statement, prepared at its first use. It must not be in use already.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared), Handle);
            statement = new SqliteStatement(Handle, prepared);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public int Run(string sql) => Prepare(sql).Run();

    public long Number(string sql) => Prepare(sql).First(static row => row.Number(0));

    public string? Text(string sql) => Prepare(sql).First(static row => row.TextOrNull(0));

    /// <summary>Runs several statements that will not run again.</summary>
    public void Script(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Handle, sql), Handle);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _connection.Dispose();
    }
}
