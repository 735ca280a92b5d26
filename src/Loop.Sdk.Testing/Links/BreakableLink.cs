namespace Loop.Sdk.Testing;

/// <summary>
/// The way between one client and the server, which a test breaks at will. It outlives connections: each new connection of the client goes over it.
/// Safe for concurrent use.
/// </summary>
public sealed class BreakableLink
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private LinkConnection? _connection;
    private TaskCompletionSource _connected = NewSource();
    private int _connections;

    /// <summary>Makes a link.</summary>
    /// <param name="time">The clock for <see cref="Delay"/> and <see cref="BytesPerSecond"/>; the system's by default.</param>
    public BreakableLink(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>How long every byte is on its way; zero by default.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The most bytes per second and direction, or null for no limit.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>While true, bytes are swallowed in both directions and no end learns of it: what is called half-open.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>While true, new connections are refused.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>How many connections were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Breaks the present connection, if there is one.</summary>
    public void Cut()
    {
        LinkConnection? connection;
        lock (_lock)
        {
            connection = _connection;
            _connection = null;
        }

        connection?.Cut();
    }

    /// <summary>Breaks the present connection as soon as this many more bytes have passed: the last of them still arrives, and nothing after it.</summary>
    /// <param name="direction">Which bytes are counted.</param>
    /// <param name="bytes">How many, 0 or more.</param>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public void CutAfter(LinkDirection direction, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            (_connection ?? throw new InvalidOperationException("The link carries no connection.")).CutAfter(direction, bytes);
        }
    }

    /// <summary>Completes when this many connections were made in all.</summary>
    /// <param name="count">1 or more.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task WaitForConnectionsAsync(int count, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_connections >= count)
                {
                    return;
                }

                next = _connected.Task;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the two ends of a new connection over this link.</summary>
    /// <exception cref="IOException">The link refuses connections.</exception>
    internal (Stream Client, Stream Server) Connect()
    {
        if (IsRefusing)
        {
            throw new IOException("The link refuses connections.");
        }

        var connection = new LinkConnection(this, _time);
        TaskCompletionSource connected;
        lock (_lock)
        {
            _connection = connection;
            _connections++;
            connected = _connected;
            _connected = NewSource();
        }

        connected.SetResult();
        return (connection.Client, connection.Server);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
