using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>Connections that read beside the writer. Each read sees the state of one moment.</summary>
internal sealed class SqliteReaders
{
    private readonly SqliteStorageOptions _options;

    // A place holds a connection from its first use on.
    private readonly Channel<SqliteSession?> _places = Channel.CreateUnbounded<SqliteSession?>();

    public SqliteReaders(SqliteStorageOptions options)
    {
        _options = options;
        for (var count = 0; count < options.ReadConnections; count++)
        {
            _places.Writer.TryWrite(null);
        }
    }

    /// <param name="work">What to read.</param>
    /// <param name="isOneStatement">Whether it is one statement, which needs no transaction to see one moment.</param>
    /// <param name="cancellationToken">Ends the wait for a free connection.</param>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        SqliteSession? session;
        try
        {
            session = await _places.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new LoopException(ErrorCodes.Closed, "The store was closed.");
        }

        try
        {
            session ??= new SqliteSession(_options.Path, SqliteOpenMode.ReadOnly, _options.BusyTimeout);
            return isOneStatement ? work(session) : ReadOnce(session, work);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        finally
        {
            _places.Writer.TryWrite(session);
        }
    }

    /// <summary>Waits for the reads under way, and closes the connections.</summary>
    public async Task CloseAsync()
    {
        for (var count = 0; count < _options.ReadConnections; count++)
        {
            (await _places.Reader.ReadAsync().ConfigureAwait(false))?.Dispose();
        }

        _places.Writer.Complete();
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
}
