using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>Brings what is in the journal to the file, on a connection and a thread of its own, so that nobody who writes waits for the disk meanwhile.</summary>
internal sealed class SqliteCheckpointer : IAsyncDisposable
{
    private readonly SqliteSession _session;
    private readonly SqliteLog _log;
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _working = new();
    private readonly Task _running;

    public SqliteCheckpointer(SqliteStorageOptions options, SqliteLog log)
    {
        _session = new SqliteSession(options.Path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
        _log = log;
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>There is much in the journal. Does not wait.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Brings everything to the file now, so that the next write begins the journal anew if nobody writes meanwhile.</summary>
    public void CatchUp()
    {
        lock (_working)
        {
            try
            {
                _session.Run("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (SqliteException exception)
            {
                _log.JournalKept(exception);
            }
        }
    }

    /// <summary>Brings everything to the file now, and empties the journal. Nobody here writes meanwhile.</summary>
    /// <returns>False if others did not let go of the journal in time.</returns>
    public bool Empty()
    {
        lock (_working)
        {
            return _session.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        }
    }

    /// <summary>Waits for what is under way, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _asked.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        _session.Dispose();
    }

    private void Run()
    {
        while (SqliteWriter.Wait(_asked.Reader))
        {
            _asked.Reader.TryRead(out _);
            CatchUp();
        }
    }
}
