using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Peers;

/// <summary>One end of a session with what runs on it: the connection of the moment, and the calls that the other end makes.</summary>
internal abstract class Peer : ISessionEvents
{
    private volatile SessionConnection? _connection;
    private CancellationTokenSource? _spareCancellation;
    private int _givenUp;

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

    /// <summary>A call is over whose handler is not.</summary>
    public void WaitForHandler() => Interlocked.Increment(ref _givenUp);

    /// <summary>The handler of a call that was given up is through.</summary>
    public void StopWaitingForHandler() => Interlocked.Decrement(ref _givenUp);

    /// <summary>Gives a source for a call's cancellation, perhaps one of a call that is over.</summary>
    public CancellationTokenSource RentCancellation() => Interlocked.Exchange(ref _spareCancellation, null) ?? new();

    /// <summary>Takes back what nobody else has any more.</summary>
    public void ReturnCancellation(CancellationTokenSource cancellation)
    {
        if (!cancellation.TryReset() || Interlocked.CompareExchange(ref _spareCancellation, cancellation, null) is not null)
        {
            cancellation.Dispose();
        }
    }

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

    SessionStream ISessionEvents.OnOpen(in OpenHeader header) =>
        Volatile.Read(ref _givenUp) < Session.MaxPeerStreams
            ? OnOpen(header)
            : throw new LoopException(ErrorCodes.ResourceExhausted, "Too many calls that were given up are still running.") { Retryable = true };

    /// <summary>The other end makes a call. Returns its receiving end, or throws to refuse it.</summary>
    protected abstract SessionStream OnOpen(in OpenHeader header);

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
    public void EndBatch(ReadyWork ready)
    {
        Session.EndBatch(ready);
        OnReceived();
    }
}
