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
    private (LinkDirection Direction, long Bytes)? _cutAhead;
    private int _connections;
    private long _delay;
    private int _bytesPerSecond;
    private volatile bool _frozen;
    private volatile bool _refusing;

    /// <summary>Makes a link.</summary>
    /// <param name="time">The clock for <see cref="Delay"/> and <see cref="BytesPerSecond"/>; the system's by default.</param>
    public BreakableLink(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>How long every byte is on its way; zero by default. A change concerns what is sent from then on, which never overtakes what was sent before.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delay));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Volatile.Write(ref _delay, value.Ticks);
        }
    }

    /// <summary>The most bytes per second and direction, 1 or more, or null (default) for no limit. What the SDK sends as one WebSocket message arrives as one.</summary>
    public int? BytesPerSecond
    {
        get => Volatile.Read(ref _bytesPerSecond) is > 0 and var rate ? rate : null;
        set
        {
            if (value is { } rate)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1, nameof(value));
            }

            Volatile.Write(ref _bytesPerSecond, value ?? 0);
        }
    }

    /// <summary>
    /// While true, bytes are swallowed in both directions and no end learns of it: what is called half-open. A connection that lost bytes stays dead when the
    /// link thaws, as with a router that forgot it: only its ends can find out, by their keep-alive, and make a new one.
    /// </summary>
    public bool IsFrozen
    {
        get => _frozen;
        set => _frozen = value;
    }

    /// <summary>While true, new connections are refused. As soon as it is false again, a client of a <see cref="LoopTestHost"/> tries at once.</summary>
    public bool IsRefusing
    {
        get => _refusing;
        set
        {
            _refusing = value;
            if (!value)
            {
                Network.Announce();
            }
        }
    }

    /// <summary>How many connections were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How the client at the end of this link learns that it is worth trying again.</summary>
    internal LinkNetwork Network { get; } = new();

    internal bool IsSlow => Volatile.Read(ref _delay) > 0 || Volatile.Read(ref _bytesPerSecond) > 0;

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

    /// <summary>
    /// Breaks the present connection, or the next one if there is none, as soon as this many more bytes have passed: the last of them still arrives, and nothing
    /// after it.
    /// </summary>
    /// <param name="direction">Which bytes are counted.</param>
    /// <param name="bytes">How many, 0 or more.</param>
    public void CutAfter(LinkDirection direction, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        LinkConnection? connection;
        lock (_lock)
        {
            connection = _connection;
            if (connection is null)
            {
                _cutAhead = (direction, bytes);
            }
        }

        connection?.CutAfter(direction, bytes);
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
        (LinkDirection Direction, long Bytes)? cut;
        lock (_lock)
        {
            cut = _cutAhead;
            _cutAhead = null;
            _connection = connection;
            _connections++;
            connected = _connected;
            _connected = NewSource();
        }

        if (cut is { } ahead)
        {
            connection.CutAfter(ahead.Direction, ahead.Bytes);
        }

        connected.SetResult();
        return (connection.Client, connection.Server);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
