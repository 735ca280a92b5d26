using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Storage;

/// <summary>One SQLite file for all services: a writer, readers beside it, and its format. It opens when the host starts, or at its first use.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const string InMemory = ":memory:";

    private readonly SqliteStorageOptions _options;
    private readonly SqliteSchema _schema;
    private readonly SqliteLog _log;
    private readonly SqliteMetrics _metrics;
    private readonly Lock _gate = new();
    private SqliteSession? _session;
    private SqliteWriter? _writer;
    private SqliteReaders? _readers;
    private SqliteCheckpointer? _checkpointer;
    private bool _disposed;

    public SqliteDatabase(IOptions<SqliteStorageOptions> options, ILogger<SqliteDatabase> logger, SqliteMetrics metrics)
        : this(options.Value, SqliteSchema.Current, logger, metrics)
    {
    }

    public SqliteDatabase(SqliteStorageOptions options, SqliteSchema schema, ILogger logger, SqliteMetrics metrics)
    {
        _options = options;
        _schema = schema;
        _log = new SqliteLog(logger);
        _metrics = metrics;
    }

    /// <summary>Opens the file and brings it to the current format. Does nothing if it is open.</summary>
    /// <exception cref="LoopException"><c>store_too_new</c>, <c>store_damaged</c>, <c>store_foreign</c>: the file was not touched; <c>store_unavailable</c>; <c>closed</c>.</exception>
    public void Open() => Writer();

    /// <summary>Runs a write in a transaction. When the task ends, it is on the disk; if it fails, nothing of it is.</summary>
    /// <param name="work">What to do; its statements and result only, since it runs on the writer's thread.</param>
    /// <param name="cancellationToken">Gives the write up while it waits. Afterwards it is not cancelled.</param>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => Writer().WriteAsync(work, flush: true, cancellationToken);

    /// <summary>
    /// The same for what means nothing once the machine has stopped: when the task ends, the write outlives the process, and is on the disk with the next one that is flushed.
    /// </summary>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Gives the write up while it waits.</param>
    public Task<T> WriteUnflushedAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => Writer().WriteAsync(work, flush: false, cancellationToken);

    /// <summary>Reads the state of one moment, that of all writes that ended before.</summary>
    /// <param name="work">What to read; the rows are gone when it returns.</param>
    /// <param name="cancellationToken">Ends the wait for a free connection.</param>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => ReadAsync(work, isOneStatement: false, cancellationToken);

    /// <summary>The same for what one statement reads, which sees one moment without a transaction around it.</summary>
    /// <param name="work">Runs one statement.</param>
    /// <param name="cancellationToken">Ends the wait for a free connection.</param>
    public Task<T> ReadOneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => ReadAsync(work, isOneStatement: true, cancellationToken);

    /// <summary>Brings all that was written to the file itself, and empties the journal: what was deleted is then in neither. Waits for reads and writes under way.</summary>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <exception cref="LoopException"><c>store_unavailable</c>: others did not let go of the journal in time.</exception>
    public Task CheckpointAsync(CancellationToken cancellationToken)
    {
        var writer = Writer();
        return _readers is null ? Task.CompletedTask : Task.Run(writer.Checkpoint, cancellationToken);
    }

    /// <summary>Takes no more, keeps what was taken, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        if (_writer is not { } writer)
        {
            return;
        }

        await writer.DisposeAsync().ConfigureAwait(false);
        if (_readers is { } readers)
        {
            await readers.DisposeAsync().ConfigureAwait(false);
        }

        if (_checkpointer is { } checkpointer)
        {
            await checkpointer.DisposeAsync().ConfigureAwait(false);
        }

        Close(_session!);
    }

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        var writer = Writer();
        return _readers is { } readers ? readers.ReadAsync(work, isOneStatement, cancellationToken) : writer.WriteAsync(work, flush: false, cancellationToken);
    }

    private SqliteWriter Writer()
    {
        lock (_gate)
        {
            return _disposed ? throw new LoopException(ErrorCodes.Closed, "The store was closed.") : _writer ?? OpenWriter();
        }
    }

    private SqliteWriter OpenWriter()
    {
        var isFile = _options.Path != InMemory;
        try
        {
            if (isFile)
            {
                SqliteFile.Inspect(_options, _schema);
            }

            _session = new SqliteSession(_options.Path, SqliteOpenMode.ReadWriteCreate, _options.BusyTimeout);
            try
            {
                Prepare(_session);
                _checkpointer = isFile ? new SqliteCheckpointer(_options, _log) : null;
            }
            catch
            {
                _session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoopException(ErrorCodes.StoreUnavailable, "The store's file cannot be opened.", exception) { Retryable = true };
        }

        _readers = isFile ? new SqliteReaders(_options) : null;
        return _writer = new SqliteWriter(_session, _checkpointer, _options, _log, _metrics);
    }

    private void Prepare(SqliteSession session)
    {
        // FULL: a commit returns when the disk has it. The journal's size is what stays of it after a burst. What is deleted is overwritten. The cache holds what a group of writes
        // changes (KiB): what does not fit is written to the journal before the commit, and again.
        session.Script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON");
        session.Script("PRAGMA cache_size = -8192");

        // Another connection empties the journal.
        session.Script("PRAGMA wal_autocheckpoint = 0");
        SqliteMigrator.Run(session, _schema, _log);
        if (_schema.KeepsBoot && SqliteIdentity.Open(session, SqliteIdentity.CurrentBoot))
        {
            _log.NewIdentity();
        }

        _log.Opened(_options.Path, session.Text("SELECT sqlite_version()"), _schema.Version);
    }

    private void Close(SqliteSession session)
    {
        try
        {
            session.Script("PRAGMA synchronous = FULL; PRAGMA optimize");
            if (_schema.KeepsBoot)
            {
                SqliteIdentity.Close(session);
            }

            session.Script("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException exception)
        {
            _log.CheckpointFailed(exception);
        }

        session.Dispose();
        _log.Closed();
    }
}
