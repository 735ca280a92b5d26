using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>Connections that read beside the writer. Each read sees the state of one moment.</summary>
internal sealed class SqliteReaders(SqliteStorageOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(options.ReadConnections);

    // The one that was used last comes first: each has to read again what was written since it read.
    private readonly ConcurrentStack<SqliteSession> _sessions = new();
    private volatile bool _closed;

    /// <param name="work">What to read.</param>
    /// <param name="isOneStatement">Whether it is one statement, which needs no transaction to see one moment.</param>
    /// <param name="cancellationToken">Ends the wait for a free connection.</param>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Read(work, isOneStatement);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var count = 0; count < options.ReadConnections; count++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        while (_sessions.TryPop(out var session))
        {
            session.Dispose();
        }

        // Who waits is to hear that it is closed.
        _free.Release(options.ReadConnections);
    }

    private static T ReadOnce<T>(SqliteSession session, Func<SqliteSession, T> work)
    {
        session.Run("BEGIN");
        try
        {
            return work(session);
        }
        finally
        {
            if (session.InTransaction)
            {
                session.Run("COMMIT");
            }
        }
    }

    private T Read<T>(Func<SqliteSession, T> work, bool isOneStatement)
    {
        if (_closed)
        {
            throw new LoopException(ErrorCodes.Closed, "The store was closed.");
        }

        // A place has a connection from its first use on.
        if (!_sessions.TryPop(out var session))
        {
            session = new SqliteSession(options.Path, SqliteOpenMode.ReadOnly, options.BusyTimeout);
        }

        try
        {
            return isOneStatement ? work(session) : ReadOnce(session, work);
        }
        finally
        {
            _sessions.Push(session);
        }
    }
}
