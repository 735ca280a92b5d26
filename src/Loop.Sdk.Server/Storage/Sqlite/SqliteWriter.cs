using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>The one writer of a file. What waits at the same time shares a transaction, and so a flush of the disk; callers are told after its commit.</summary>
/// <remarks>
/// What is to be flushed is written on a thread of its own. What is not is written on its caller's thread, if that is all that there is to do; otherwise on one of the pool's, when what
/// waited for a thread before it has had its turn, and has brought more to write.
/// </remarks>
internal sealed class SqliteWriter : IThreadPoolWorkItem, IAsyncDisposable
{
    // Of 4 KiB. What others bring to the file while somebody writes is never all of it: at the latest after the second number, nobody writes until it is.
    private const int PagesBetweenCheckpoints = 1000;
    private const int MaxPagesInJournal = 4000;

    private readonly SqliteSession _session;
    private readonly SqliteCheckpointer? _checkpointer;
    private readonly Channel<WriteJob> _queue;
    private readonly Channel<WriteJob> _unflushed;
    private readonly int _maxBatch;
    private readonly SqliteLog _log;
    private readonly SqliteMetrics _metrics;
    private readonly List<WriteJob> _batch = [];
    private readonly List<(WriteJob Job, Exception Error)> _failed = [];
    private readonly Lock _writing = new();
    private bool _flushes = true;
    private int _scheduled;
    private long _pagesSinceAsked;
    private long _pagesSinceCaughtUp;
    private volatile bool _closed;
    private readonly Task _running;

    /// <param name="session">The connection; the writer's own until it is disposed of.</param>
    /// <param name="checkpointer">Who empties the journal; null if there is none.</param>
    /// <param name="options">The options.</param>
    /// <param name="log">The log.</param>
    /// <param name="metrics">The metrics.</param>
    public SqliteWriter(SqliteSession session, SqliteCheckpointer? checkpointer, SqliteStorageOptions options, SqliteLog log, SqliteMetrics metrics)
    {
        _session = session;
        _checkpointer = checkpointer;
        _maxBatch = options.MaxBatch;
        _log = log;
        _metrics = metrics;
        _queue = Channel.CreateBounded<WriteJob>(options.MaxQueuedWrites);
        _unflushed = Channel.CreateBounded<WriteJob>(options.MaxQueuedWrites);

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
            await (flush ? _queue : _unflushed).Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new LoopException(ErrorCodes.Closed, "The store was closed; the write was not taken.");
        }

        if (!flush)
        {
            Schedule();
        }

        return await job.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits, on a thread that is for that, until there is something; false at the end.</summary>
    public static bool Wait<T>(ChannelReader<T> reader)
    {
        var wait = reader.WaitToReadAsync();
        return wait.IsCompletedSuccessfully ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Writes what is not to be flushed. If somebody else is writing, it is scheduled again by them.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _scheduled, 0);
        if (_writing.TryEnter())
        {
            try
            {
                WriteQueued(_unflushed);
            }
            finally
            {
                Exit();
            }
        }
    }

    /// <summary>Brings the journal's content to the file, and empties the journal, between two transactions. Waits for readers as long as for other processes.</summary>
    /// <exception cref="LoopException"><c>store_unavailable</c>, <c>closed</c>.</exception>
    public void Checkpoint()
    {
        _writing.Enter();
        try
        {
            if (_closed)
            {
                throw new LoopException(ErrorCodes.Closed, "The store was closed.");
            }

            if (_checkpointer?.Empty() is false)
            {
                throw new LoopException(ErrorCodes.StoreUnavailable, "The store's journal is in use.") { Retryable = true };
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Takes no more writes, and waits until those that were taken are kept.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _queue.Writer.TryComplete();
        _unflushed.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        lock (_writing)
        {
            // A write on another thread has ended now, and there is not another but for what waits.
            while (_unflushed.Reader.Count > 0)
            {
                WriteQueued(_unflushed);
            }
        }
    }

    private void Run()
    {
        while (Wait(_queue.Reader))
        {
            _writing.Enter();
            try
            {
                // What need not be flushed is taken along: otherwise it could wait for ever.
                WriteQueued(_queue, _unflushed);
            }
            finally
            {
                Exit();
            }
        }
    }

    /// <summary>Lets others write, and sees to it that somebody does.</summary>
    private void Exit()
    {
        _writing.Exit();
        if (_unflushed.Reader.Count > 0)
        {
            Schedule();
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            // Behind all that waits for a thread, wherever it waits.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>What waits for no disk is written on its caller's thread if there is nothing else to do: two changes of the thread would take longer than that.</summary>
    private bool TryWriteNow(WriteJob job)
    {
        if (_unflushed.Reader.Count > 0 || ThreadPool.PendingWorkItemCount > 0 || !_writing.TryEnter())
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
            Exit();
        }
    }

    private void WriteQueued(params ReadOnlySpan<Channel<WriteJob>> queues)
    {
        foreach (var queue in queues)
        {
            while (_batch.Count < _maxBatch && queue.Reader.TryRead(out var job))
            {
                if (job.TryTake())
                {
                    _batch.Add(job);
                }
            }
        }

        if (_batch.Count > 0)
        {
            WriteBatch();
        }
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

            if (_session.InTransaction)
            {
                var start = Stopwatch.GetTimestamp();
                _session.Run("COMMIT");
                _metrics.Committed(_batch.Count, Stopwatch.GetElapsedTime(start));
            }
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

        KeepJournalShort();
    }

    private void KeepJournalShort()
    {
        if (_checkpointer is null)
        {
            return;
        }

        var pages = _session.TakePagesWritten();
        _pagesSinceAsked += pages;
        _pagesSinceCaughtUp += pages;
        if (_pagesSinceCaughtUp >= MaxPagesInJournal)
        {
            _pagesSinceAsked = _pagesSinceCaughtUp = 0;
            _checkpointer.CatchUp();
        }
        else if (_pagesSinceAsked >= PagesBetweenCheckpoints)
        {
            _pagesSinceAsked = 0;
            _checkpointer.Ask();
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

    /// <summary>Runs a write so that its failure undoes nothing of its neighbours. If it has none, the transaction is its own.</summary>
    private void RunAlone(WriteJob job)
    {
        var isAlone = _batch.Count == 1;
        if (!isAlone)
        {
            _session.Run("SAVEPOINT job");
        }

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
            _session.Run(isAlone ? "ROLLBACK" : "ROLLBACK TO job");
            _failed.Add((job, exception));
            if (exception is not (LoopException or OperationCanceledException))
            {
                _log.WriteFailed(exception);
            }
        }

        if (!isAlone)
        {
            _session.Run("RELEASE job");
        }
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
