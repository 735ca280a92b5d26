using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>The one writer of a file. What waits at the same time shares a transaction, and so a flush of the disk; callers are told after its commit.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteSession _session;
    private readonly Channel<WriteJob> _queue;
    private readonly int _maxBatch;
    private readonly SqliteLog _log;
    private readonly SqliteMetrics _metrics;
    private readonly List<WriteJob> _batch = [];
    private readonly List<(WriteJob Job, Exception Error)> _failed = [];
    private readonly Lock _writing = new();
    private bool _flushes = true;
    private volatile bool _closed;
    private readonly Task _running;

    public SqliteWriter(SqliteSession session, SqliteStorageOptions options, SqliteLog log, SqliteMetrics metrics)
    {
        _session = session;
        _maxBatch = options.MaxBatch;
        _log = log;
        _metrics = metrics;
        _queue = Channel.CreateBounded<WriteJob>(new BoundedChannelOptions(options.MaxQueuedWrites) { SingleReader = true });

        // A thread of its own: it spends its life in system calls that block.
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, bool flush, CancellationToken cancellationToken)
    {
        var job = new WriteJob<T>(work, flush);
        if (!flush && !cancellationToken.IsCancellationRequested && TryWriteNow(job))
        {
            return await job.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            await _queue.Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new LoopException(ErrorCodes.Closed, "The store was closed; the write was not taken.");
        }

        return await job.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the journal's content to the file, and empties the journal, between two transactions. Waits for readers as long as for other processes.</summary>
    /// <exception cref="LoopException"><c>store_unavailable</c>, <c>closed</c>.</exception>
    public void Checkpoint()
    {
        lock (_writing)
        {
            if (_closed)
            {
                throw new LoopException(ErrorCodes.Closed, "The store was closed.");
            }

            try
            {
                if (_session.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                {
                    throw new LoopException(ErrorCodes.StoreUnavailable, "The store's journal is in use.") { Retryable = true };
                }
            }
            catch (SqliteException exception)
            {
                throw SqliteErrors.Translate(exception);
            }
        }
    }

    /// <summary>Takes no more writes, and waits until those that were taken are kept.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _queue.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        lock (_writing)
        {
            // A write on its caller's thread has ended now, and there is not another.
        }
    }

    private void Run()
    {
        while (WaitForJobs())
        {
            lock (_writing)
            {
                WriteQueued();
            }
        }
    }

    /// <summary>What waits for no disk is written on its caller's thread if nothing is being written: two changes of the thread would take longer than that.</summary>
    private bool TryWriteNow(WriteJob job)
    {
        if (_queue.Reader.Count > 0 || !_writing.TryEnter())
        {
            return false;
        }

        try
        {
            if (_closed || !job.TryTake())
            {
                return false;
            }

            _batch.Add(job);
            WriteBatch();
            return true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void WriteQueued()
    {
        while (_batch.Count < _maxBatch && _queue.Reader.TryRead(out var job))
        {
            if (job.TryTake())
            {
                _batch.Add(job);
            }
        }

        if (_batch.Count > 0)
        {
            WriteBatch();
        }
    }

    private bool WaitForJobs()
    {
        // Blocking is what this thread is for.
        var wait = _queue.Reader.WaitToReadAsync();
        return wait.IsCompletedSuccessfully ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    private void WriteBatch()
    {
        try
        {
            CommitBatch();
        }
        finally
        {
            _batch.Clear();
            _failed.Clear();
        }
    }

    private void CommitBatch()
    {
        try
        {
            SetFlushing(_batch.Exists(static job => job.Flush));
            _session.Run("BEGIN IMMEDIATE");
            foreach (var job in _batch)
            {
                RunAlone(job);
            }

            var start = Stopwatch.GetTimestamp();
            _session.Run("COMMIT");
            _metrics.Committed(_batch.Count, Stopwatch.GetElapsedTime(start));
        }
#pragma warning disable CA1031 // Whatever it is, the callers must hear of it, and the writer must go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailBatch(exception);
            return;
        }

        foreach (var (job, error) in _failed)
        {
            job.Fail(SqliteErrors.Translate(error));
            _batch.Remove(job);
        }

        foreach (var job in _batch)
        {
            job.Complete();
        }
    }

    // A commit that is flushed takes those before it along.
    private void SetFlushing(bool flushes)
    {
        if (_flushes != flushes)
        {
            // Not prepared and kept: it takes effect when it is prepared.
            _session.Script(flushes ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _flushes = flushes;
        }
    }

    /// <summary>Runs a write so that its failure undoes nothing of its neighbours.</summary>
    private void RunAlone(WriteJob job)
    {
        _session.Run("SAVEPOINT job");
        try
        {
            job.Run(_session);
        }
        catch (SqliteException exception) when (SqliteErrors.IsOfTheFile(exception) || !_session.InTransaction)
        {
            throw;
        }
#pragma warning disable CA1031 // It is the caller's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _session.Run("ROLLBACK TO job");
            _failed.Add((job, exception));
            if (exception is not (LoopException or OperationCanceledException))
            {
                _log.WriteFailed(exception);
            }
        }

        _session.Run("RELEASE job");
    }

    private void FailBatch(Exception exception)
    {
        _log.BatchFailed(_batch.Count, exception);
        _metrics.Failed(_batch.Count);
        try
        {
            if (_session.InTransaction)
            {
                _session.Run("ROLLBACK");
            }
        }
        catch (SqliteException rollback)
        {
            // The next BEGIN says again what is wrong.
            _log.BatchFailed(_batch.Count, rollback);
        }

        var error = SqliteErrors.Translate(exception);
        foreach (var job in _batch)
        {
            job.Fail(error);
        }
    }
}
