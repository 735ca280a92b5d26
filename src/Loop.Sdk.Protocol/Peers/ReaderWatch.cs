namespace Loop.Sdk.Peers;

/// <summary>
/// Looks after the connections whose readers run the application's code: one that is held up by it for a whole interval is told to read on with another thread.
/// It runs only while such code runs, on the system's clock, since it is about threads and not about the protocol.
/// </summary>
#pragma warning disable CA1001 // There is one, for the life of the process.
internal sealed class ReaderWatch
#pragma warning restore CA1001
{
    private const int IntervalMs = 10;

    private readonly Lock _lock = new();
    private readonly List<SessionConnection> _connections = [];
    private readonly Timer _timer;

    private ReaderWatch()
    {
        // It outlives whoever happens to need it first, whose context is none of its business.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = new Timer(static state => ((ReaderWatch)state!).Tick(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public static ReaderWatch Shared { get; } = new();

    /// <summary>Looks after a connection until its reader has been at rest for a while.</summary>
    public void Add(SessionConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
            if (_connections.Count == 1)
            {
                _timer.Change(IntervalMs, Timeout.Infinite);
            }
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            for (var i = _connections.Count - 1; i >= 0; i--)
            {
                if (!_connections[i].StaysWatched())
                {
                    _connections[i] = _connections[^1];
                    _connections.RemoveAt(_connections.Count - 1);
                }
            }

            if (_connections.Count > 0)
            {
                _timer.Change(IntervalMs, Timeout.Infinite);
            }
        }
    }
}
