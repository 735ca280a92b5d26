using System.Net;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>From connection to connection, until the session ends.</summary>
internal sealed partial class ServerPeer
{
    // How long the other end of an ended session has to close its half, in milliseconds.
    private const int CloseTimeoutMs = 5_000;

    private static readonly TimeSpan FenceGrace = TimeSpan.FromMilliseconds(100);

    private SessionConnection? _owner;
    private TaskCompletionSource? _released;
    private Farewell? _farewell;
    private int _phase;
    private long _since;

    public bool IsAttached => Volatile.Read(ref _phase) == SessionPhase.Attached;

    public bool IsEnded => Volatile.Read(ref _phase) == SessionPhase.Ended;

    /// <summary>When the session lost its connection, for a session that has none.</summary>
    public long DetachedAt => Volatile.Read(ref _phase) == SessionPhase.Detached ? Volatile.Read(ref _since) : long.MaxValue;

    /// <summary>
    /// Makes a connection, not attached yet, the one that has the session, after the one that had it before has ended. False if the session is over, or the secret has been
    /// replaced meanwhile.
    /// </summary>
    public async ValueTask<bool> TakeOverAsync(SessionConnection connection, IPAddress? address, SecretHash presented)
    {
        while (Interlocked.CompareExchange(ref _phase, SessionPhase.Attached, SessionPhase.Detached) is var phase && phase != SessionPhase.Detached)
        {
            if (phase == SessionPhase.Ended || !await FenceAsync(presented).ConfigureAwait(false))
            {
                return false;
            }
        }

        Own(connection, address);
        Tell(SessionChange.Resumed);
        return true;
    }

    /// <summary>Makes a connection the first one of the session.</summary>
    public void Own(SessionConnection connection, IPAddress? address)
    {
        Volatile.Write(ref _owner, connection);
        RemoteAddress = address;
        _address = _server.RateLimiter.CallGateOf(address);
        _address?.Enter();
        _server.Registry.Attached();
    }

    /// <summary>Carries the session over the connection that owns it, until that ends.</summary>
    public async Task ServeAsync(SessionConnection connection, ulong peerReceived)
    {
        var running = RunAsync(connection, peerReceived);
        if (Volatile.Read(ref _farewell) is { } farewell)
        {
            // The session was ended while it changed connections.
            connection.Finish(farewell);
        }

        try
        {
            if (await running.ConfigureAwait(false) is LoopException error)
            {
                _server.Log.ConnectionFailed(Id, error.Code, error.Message);
            }
        }
#pragma warning disable CA1031 // A defect must cost one session, not leave it in a state that a resume would wait on for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _server.Log.ConnectionDefect(Id, exception);
            Session.Close(new LoopException(ErrorCodes.Internal, "The session failed."));
        }

        if (Session.Closed is { } closed)
        {
            End(closed, goAway: null);
        }

        Release();
    }

    /// <summary>The connection no longer has the session.</summary>
    public void Release()
    {
        Volatile.Write(ref _owner, null);
        _address?.Leave();
        _address = null;
        _server.Registry.Detached();
        Volatile.Write(ref _since, Clock.Now);

        // Nobody can resume the session yet, so this is told before that.
        Tell(SessionChange.Disconnected);
        if (Interlocked.CompareExchange(ref _phase, SessionPhase.Detached, SessionPhase.Attached) == SessionPhase.Ended)
        {
            _server.Registry.Remove(this);
        }
        else if (_server.Options.ResumeWindow == TimeSpan.Zero || _server.IsDraining)
        {
            End(Lost(), goAway: null);
        }

        Interlocked.Exchange(ref _released, null)?.TrySetResult();
    }

    /// <summary>Ends the session for good, and tells the client why if there is something to tell. False if it had ended before.</summary>
    public bool End(LoopException reason, GoAway? goAway)
    {
        var phase = Interlocked.Exchange(ref _phase, SessionPhase.Ended);
        if (phase == SessionPhase.Ended)
        {
            return false;
        }

        Conclude(phase, reason, goAway);
        return true;
    }

    /// <summary>Does what has become due.</summary>
    public void Tick(long now)
    {
        switch (Volatile.Read(ref _phase))
        {
            case SessionPhase.Attached:
                if (!Session.Tick(now))
                {
                    _server.Log.Silent(Id);
                    Connection?.Abort();
                }

                CheckExpiry(now);
                break;
            case SessionPhase.Detached when now - Volatile.Read(ref _since) >= _server.Options.ResumeWindow.TotalMilliseconds:
                ExpireDetached();
                break;
            case SessionPhase.Detached:
                Session.Tick(now);
                CheckExpiry(now);
                break;
            default:
                if (now - Volatile.Read(ref _since) >= CloseTimeoutMs)
                {
                    Volatile.Read(ref _owner)?.Abort();
                }

                break;
        }
    }

    /// <summary>Cuts the connection, if there is one.</summary>
    public void Abort() => Volatile.Read(ref _owner)?.Abort();

    private static LoopException Lost() => new(ErrorCodes.SessionLost, "The session was not resumed in time.");

    private void Conclude(int phase, LoopException reason, GoAway? goAway)
    {
        Interlocked.CompareExchange(ref _howEnded, new(reason.Code, IsGoodbye: false), null);
        Volatile.Write(ref _since, Clock.Now);
        Session.Close(reason);
        if (phase == SessionPhase.Detached)
        {
            _server.Registry.Remove(this);
        }
        else if (goAway is not null)
        {
            var farewell = Farewell.Of(goAway);
            Volatile.Write(ref _farewell, farewell);
            Connection?.Finish(farewell);
        }

        _context?.End();
        Tell(SessionChange.Ended);
        _server.Log.SessionEnded(Id, reason.Code);
    }

    // A resume may be taking the session at this moment: only one of the two gets it.
    private void ExpireDetached()
    {
        if (Interlocked.CompareExchange(ref _phase, SessionPhase.Ended, SessionPhase.Detached) == SessionPhase.Detached)
        {
            Conclude(SessionPhase.Detached, Lost(), goAway: null);
        }
    }

    // False if whoever wants the session no longer may.
    private async ValueTask<bool> FenceAsync(SecretHash presented)
    {
        var released = Volatile.Read(ref _released);
        if (released is null)
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            released = Interlocked.CompareExchange(ref _released, fresh, null) ?? fresh;
        }

        // Whoever has just taken the session names its connection in the next moment.
        while (IsAttached && Volatile.Read(ref _owner) is null)
        {
            await Task.Yield();
        }

        if (!IsAttached)
        {
            return true;
        }

        if (Connection is { } connection)
        {
            // Two attempts of one client may overtake each other. One that is late must not end the other, also if its secret has only just been replaced.
            var keys = Volatile.Read(ref _keys)!;
            if (!keys.Accepts(presented))
            {
                return false;
            }

            // Whoever holds the one that has not been heard on yet may be that client, and is to try again.
            _server.Log.SessionFenced(Id);
            var verdict = keys.IsUnconfirmed ? Verdict.Resume : Verdict.Stop;
            connection.Finish(Farewell.Of(new GoAway(ErrorCodes.Fenced, verdict) { Message = "A newer connection has the session." }));
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(released.Task, Task.Delay(FenceGrace, Clock.Time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
        }

        Volatile.Read(ref _owner)?.Abort();
        await released.Task.ConfigureAwait(false);
        return true;
    }
}
