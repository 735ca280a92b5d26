using Loop.Sdk.Sessions;

namespace Loop.Sdk.Peers;

/// <summary>
/// Reading: one thread at a time takes in what came and then runs what that made ready, before it reads on. That spares a switch of threads for every batch, and what
/// is sent meanwhile goes out together. If the application's code holds that thread up, another one reads on: the watch sees to it.
/// </summary>
internal sealed partial class SessionConnection
{
    // How much is taken in before what it made ready is run.
    private const int GatherLimit = 16 * 1024;

    // How often in a row there may have been nothing to gather before that is no longer tried: a read that has to wait is better begun last.
    private const int LongestExpectation = 4;

    private const long FirstPauseMs = 50;
    private const long LongestPauseMs = 10_000;

    private Peer? _peer;
    private TaskCompletionSource? _read;
    private ReadyWork? _running;
    private ValueTask<bool>? _filling;
    private int _expectation;
    private int _turn;
    private int _seenTurn;
    private bool _isWatched;
    private long _pauseMs;
    private long _pausedUntil;

    /// <summary>Called by the watch. False if the reader has been at rest since it was last asked, and need not be watched.</summary>
    public bool StaysWatched()
    {
        var turn = Volatile.Read(ref _turn);
        if (turn != _seenTurn)
        {
            _seenTurn = turn;
            return true;
        }

        if (IsRunning(turn))
        {
            TakeOver(turn);
            return true;
        }

        Volatile.Write(ref _isWatched, false);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _turn) == turn)
        {
            return false;
        }

        // It began to run in this moment, and may not have seen that it is no longer watched. If it has, it is watched twice for a while.
        Volatile.Write(ref _isWatched, true);
        return true;
    }

    // Odd while a thread runs the application's code.
    private static bool IsRunning(int turn) => (turn & 1) != 0;

    private Task StartReading(Peer peer)
    {
        _peer = peer;
        _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_filled > 0)
        {
            // It came behind the handshake.
            _filling = new ValueTask<bool>(true);
        }

        _ = ReadAsync();
        return _read.Task;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await TakeFilling().ConfigureAwait(false))
            {
                if (!Receive())
                {
                    // Another thread reads on.
                    return;
                }
            }

            _read!.TrySetResult();
        }
#pragma warning disable CA1031 // Whatever it is, it ends the connection, and whoever runs that gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _read!.TrySetException(exception);
        }
    }

    /// <summary>Takes in what came, and runs what it made ready. False if that took so long that another thread reads on.</summary>
    private bool Receive()
    {
        var session = _session!;
        var ready = ReadyWork.Rent();
        session.Hold();
        try
        {
            Gather(session);
        }
        catch
        {
            // What came before the broken frame counts.
            _peer!.EndBatch(ready);
            ready.QueueRest();
            session.Resume();
            throw;
        }

        _peer!.EndBatch(ready);
        if (!ready.IsEmpty && !Run(ready))
        {
            return false;
        }

        ready.Return();
        session.Resume();
        return true;
    }

    // Many small messages in a row are taken in together: what they make ready is then sent in one message again, instead of as many as came.
    private void Gather(Session session)
    {
        for (var gathered = 0; ;)
        {
            var (size, received) = (_filled, session.Received);
            gathered += size;
            Discard(session.Receive(_buffer.AsSpan(0, size), clock.Now));

            // A ping is no reason: between pings an idle connection holds nothing.
            _expectsSmall = size < SmallBuffer && session.Received != received;
            if (_expectation == 0 || gathered >= GatherLimit)
            {
                return;
            }

            var filling = FillAsync(CancellationToken.None);
            if (!filling.IsCompletedSuccessfully)
            {
                _expectation--;
                _filling = filling;
                return;
            }

            _expectation = LongestExpectation;
            if (!filling.Result)
            {
                _filling = new ValueTask<bool>(false);
                return;
            }
        }
    }

    // The read that is under way already, or the next one.
    private ValueTask<bool> TakeFilling()
    {
        if (_filling is { } begun)
        {
            _filling = null;
            return begun;
        }

        var filling = FillAsync(CancellationToken.None);
        if (filling.IsCompleted)
        {
            // There was something to gather.
            _expectation = LongestExpectation;
        }

        return filling;
    }

    private bool Run(ReadyWork ready)
    {
        if (_pausedUntil != 0 && IsPaused())
        {
            ready.QueueRest();
            return true;
        }

        var turn = _turn + 1;
        _running = ready;
        Interlocked.Exchange(ref _turn, turn);
        if (!Volatile.Read(ref _isWatched))
        {
            Volatile.Write(ref _isWatched, true);
            ReaderWatch.Shared.Add(this);
        }

        while (ready.TryTake(out var work))
        {
            work.Execute();
        }

        return Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn;
    }

    private void TakeOver(int turn)
    {
        if (Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.ReadOn(), this, preferLocal: false);
        }
    }

    // Code that takes its time will do so again: for a while, longer each time, none is run by the reader.
    private void ReadOn()
    {
        var now = Environment.TickCount64;
        _pauseMs = now - _pausedUntil > LongestPauseMs ? FirstPauseMs : Math.Min(_pauseMs * 2, LongestPauseMs);
        _pausedUntil = now + _pauseMs;
        _running!.QueueRest();
        _session!.Resume();
        _ = ReadAsync();
    }

    private bool IsPaused() => Environment.TickCount64 < _pausedUntil;
}
