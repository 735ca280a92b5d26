using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loop.Sdk.Server.Storage;

/// <summary>A prepared statement of one connection, kept for its next use. Parameters are bound in order.</summary>
/// <remarks>Directly on the native interface: the provider's reader boxes parameters and costs several times as much for a row.</remarks>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    private int _bound;

    public SqliteStatement Bind(long value) => Checked(raw.sqlite3_bind_int64(statement, ++_bound, value));

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(double value) => Checked(raw.sqlite3_bind_double(statement, ++_bound, value));

    public SqliteStatement Bind(string? value) => value is null ? BindNull() : Checked(raw.sqlite3_bind_text(statement, ++_bound, value));

    public SqliteStatement Bind(ReadOnlyMemory<byte> value) =>
        value.IsEmpty ? Checked(raw.sqlite3_bind_zeroblob(statement, ++_bound, 0)) : Checked(raw.sqlite3_bind_blob(statement, ++_bound, value.Span));

    /// <summary>Goes to the next row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        if (code is not raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }

        return false;
    }

    /// <summary>Runs to the end and says how many rows were changed.</summary>
    public int Run()
    {
        using (this)
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(database);
        }
    }

    public List<T> ToList<T>(Func<SqliteStatement, T> read)
    {
        using (this)
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
    }

    public T? First<T>(Func<SqliteStatement, T> read)
    {
        using (this)
        {
            return Step() ? read(this) : default;
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int(int column) => (int)Number(column);

    public double Real(int column) => raw.sqlite3_column_double(statement, column);

    public bool Flag(int column) => Number(column) != 0;

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public string? TextOrNull(int column)
    {
        var text = Text(column);
        return text.Length > 0 || !IsNull(column) ? text : null;
    }

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Makes it ready for its next use. What an error of the last step was is already known, so that its repetition by the reset is of no interest.</summary>
    public void Dispose()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
        _bound = 0;
    }

    /// <summary>Frees it, when its connection closes.</summary>
    public void Close() => statement.Dispose();

    private SqliteStatement BindNull() => Checked(raw.sqlite3_bind_null(statement, ++_bound));

    private SqliteStatement Checked(int code)
    {
        SqliteException.ThrowExceptionForRC(code, database);
        return this;
    }
}
