using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>Connections that read beside the writer. Each read sees the state of one moment.</summary>
internal sealed class SqliteReaders : IAsyncDisposable
{
    private readonly SqliteStorageOptions _options;

    // The free place that was used most is used again: what it read is in its memory, and those that are needed only when many read at once take none before.
    private readonly Channel<Place> _places = Channel.CreateUnboundedPrioritized(new UnboundedPrioritizedChannelOptions<Place> { Comparer = Comparer<Place>.Create(static (one, other) => one.Number - other.Number) });

    public SqliteReaders(SqliteStorageOptions options)
    {
        _options = options;
        for (var count = 0; count < options.ReadConnections; count++)
        {
            _places.Writer.TryWrite(new Place(count));
        }
    }

    /// <param name="work">What to read.</param>
    /// <param name="isOneStatement">Whether it is one statement, which needs no transaction to see one moment.</param>
    /// <param name="cancellationToken">Ends the wait for a free connection.</param>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        Place place;
        try
        {
            place = await _places.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new LoopException(ErrorCodes.Closed, "The store was closed.");
        }

        try
        {
            place.Session ??= new SqliteSession(_options.Path, SqliteOpenMode.ReadOnly, _options.BusyTimeout);
            return isOneStatement ? work(place.Session) : ReadOnce(place.Session, work);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        finally
        {
            _places.Writer.TryWrite(place);
        }
    }

    /// <summary>Waits for the reads under way, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var count = 0; count < _options.ReadConnections; count++)
        {
            (await _places.Reader.ReadAsync().ConfigureAwait(false)).Session?.Dispose();
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

    /// <summary>Holds a connection from its first use on.</summary>
    private sealed class Place(int number)
    {
        public int Number { get; } = number;

        public SqliteSession? Session { get; set; }
    }
}
