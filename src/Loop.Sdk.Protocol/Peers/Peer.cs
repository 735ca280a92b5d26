using Loop.Sdk.Calls;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Peers;

/// <summary>
/// One end of a session with what runs on it: the connection of the moment, and the calls that the other end makes. Handlers run in a work item of
/// their own, so that no handler can hold up the reader.
/// </summary>
internal abstract class Peer : ISessionEvents, IThreadPoolWorkItem
{
    private readonly Lock _callsLock = new();
    private Queue<ServerCall>? _calls;
    private Queue<ServerCall>? _arrived;
    private Queue<ServerCall>? _running;
    private bool _dispatching;
    private volatile SessionConnection? _connection;

    protected Peer(SessionSide side, SessionOptions options, PeerLimits remote, Clock clock)
    {
        Clock = clock;
        Session = new Session(side, options, remote, this);
    }

    public Session Session { get; }

    public Clock Clock { get; }

    /// <summary>The connection that carries the session now, or null.</summary>
    public SessionConnection? Connection => _connection;

    /// <summary>Carries the session over a connection until that ends.</summary>
    /// <returns>Why it ended; null if the other end closed it.</returns>
    public async Task<Exception?> RunAsync(SessionConnection connection, ulong peerReceived)
    {
        _connection = connection;
        try
        {
            return await connection.RunAsync(this, peerReceived).ConfigureAwait(false);
        }
        finally
        {
            _connection = null;
        }
    }

    /// <summary>The id by which an open frame names a contract on this session, or 0 to name it in full.</summary>
    public abstract int ServiceIdOf(string contract);

    /// <summary>Runs a call's handler soon. Called by the reader.</summary>
    public void Dispatch(ServerCall call) => (_arrived ??= new()).Enqueue(call);

    void ISessionEvents.OnOutput(bool alone)
    {
        if (alone)
        {
            _connection?.Write();
        }
        else
        {
            _connection?.Flush();
        }
    }

    public abstract SessionStream OnOpen(in OpenHeader header);

    public virtual void OnAuth(Credentials credentials)
    {
    }

    public virtual void OnAuthResult(AuthResult result)
    {
    }

    public virtual void OnGoAway(GoAway goAway)
    {
    }

    /// <summary>Something came in and was dealt with. Called by the reader.</summary>
    protected virtual void OnReceived()
    {
    }

    public virtual void OnOverflow(LoopException reason)
    {
        Session.Close(reason);
        _connection?.Abort();
    }

    /// <summary>Everything at hand was taken in: adds what can go on now.</summary>
    public void EndBatch(ref ReadyWork ready)
    {
        Session.EndBatch(ref ready);
        OnReceived();
        if (TakeCalls())
        {
            ready.Add(this);
        }
    }

    void IThreadPoolWorkItem.Execute() => Run();

    // True if there are calls that nobody runs yet.
    private bool TakeCalls()
    {
        if (_arrived is not { Count: > 0 } arrived)
        {
            return false;
        }

        lock (_callsLock)
        {
            if (_dispatching)
            {
                _calls ??= new();
                while (arrived.TryDequeue(out var call))
                {
                    _calls.Enqueue(call);
                }

                return false;
            }

            (_calls, _arrived) = (arrived, _calls);
            return _dispatching = true;
        }
    }

    // Runs the handlers of the calls that arrived, up to where they first wait.
    private void Run()
    {
        var count = 0;
        Session.Hold();
        try
        {
            while (TryNextCalls(out var calls))
            {
                for (; calls.TryDequeue(out var call); count++)
                {
                    call.Start();
                }
            }
        }
        finally
        {
            Session.Resume(alone: count == 1);
        }
    }

    // All calls at hand at once: what arrives while they run gathers in the other queue.
    private bool TryNextCalls([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Queue<ServerCall>? calls)
    {
        lock (_callsLock)
        {
            (_running, _calls) = (_calls, _running);
            calls = _running;
            _dispatching = calls is { Count: > 0 };
            return _dispatching;
        }
    }
}
