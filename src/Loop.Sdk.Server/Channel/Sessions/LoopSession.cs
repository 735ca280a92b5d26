using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Loop.Sdk.Contracts;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server;

/// <summary>One client's session, as the handlers of its calls see it. It outlives connections that break and are resumed. Safe for concurrent use.</summary>
#pragma warning disable CA1001 // The source holds nothing but registrations, which end with the session.
public sealed class LoopSession
#pragma warning restore CA1001
{
    private readonly ServerPeer _peer;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private Dictionary<int, object>? _handlers;
    private ConcurrentDictionary<object, object?>? _items;
    private PeerInvoker? _invoker;
    private SessionObservation? _observation;

    internal LoopSession(ServerPeer peer)
    {
        _peer = peer;
        if (peer.Server.Observers is { Length: > 0 } observers)
        {
            _observation = new SessionObservation(this, peer, observers);
        }
    }

    /// <summary>The session's id: 22 characters of base64url. It is no secret, and gives no access.</summary>
    public string Id => _peer.Id.ToString();

    /// <summary>Who the client is. Renewed credentials of the same principal replace it; an anonymous client has a principal without an authenticated identity.</summary>
    public ClaimsPrincipal Principal => _peer.Principal;

    /// <summary>The principal's stable id, or an empty string for an anonymous client. It never changes within a session.</summary>
    public string PrincipalId => _peer.PrincipalId;

    /// <summary>Where the session's connection comes from, or came from last; null on a Unix socket.</summary>
    public IPAddress? RemoteAddress => _peer.RemoteAddress;

    /// <summary>Whether a connection carries the session now.</summary>
    public bool IsConnected => _peer.IsAttached;

    /// <summary>Cancelled when the session ends for good: closed by the client, not resumed in time, or ended by the server.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The application's services. Scoped ones are not to be had here: a session is no scope.</summary>
    public IServiceProvider Services => _peer.Server.Services;

    /// <summary>Whatever the application wants to keep with the session.</summary>
    public IDictionary<object, object?> Items
    {
        get
        {
            lock (_lock)
            {
                return _items ??= new();
            }
        }
    }

    /// <summary>Makes a client for a contract that the application on the other end implements.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <returns>A client whose calls fail with <c>session_lost</c> or <c>closed</c> once the session has ended.</returns>
    public TContract GetClient<TContract>()
        where TContract : class, IContract<TContract>
    {
        lock (_lock)
        {
            return TContract.Descriptor.CreateClient(_invoker ??= new PeerInvoker(_peer));
        }
    }

    /// <summary>Ends the session: its calls are cancelled, its client is told and may connect again with a new session.</summary>
    /// <param name="code">A stable code that the client gets, from <see cref="ErrorCodes"/> or the application's own.</param>
    /// <param name="message">What the client is told.</param>
    /// <param name="verdict">What the client shall do. <see cref="Verdict.Resume"/> is not possible, since there is nothing left to resume.</param>
    /// <exception cref="ArgumentException">The code is empty, or the verdict is to resume.</exception>
    public void End(string code, string message, Verdict verdict = Verdict.Reconnect)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (verdict == Verdict.Resume)
        {
            throw new ArgumentException("An ended session cannot be resumed.", nameof(verdict));
        }

        _peer.End(new LoopException(code, message), new GoAway(code, verdict) { Message = message });
    }

    /// <summary>Those who follow the session, or null if nobody does.</summary>
    internal SessionObservation? Observation => Volatile.Read(ref _observation);

    /// <summary>Follows this session only, from now on. Who does may be told twice that the connection is lost.</summary>
    internal void Observe(ISessionObserver observer)
    {
        if (Observation is null)
        {
            Interlocked.CompareExchange(ref _observation, new SessionObservation(this, _peer, []), null);
        }

        Observation!.Add(observer);
    }

    /// <summary>The session's own handler of a contract, made when it is first called.</summary>
    internal TContract HandlerOf<TContract>(int contract, Func<LoopSession, TContract> create)
        where TContract : class
    {
        lock (_lock)
        {
            if (_ended.IsCancellationRequested)
            {
                throw new LoopException(ErrorCodes.SessionLost, "The session has ended.");
            }

            _handlers ??= [];
            if (!_handlers.TryGetValue(contract, out var handler))
            {
                handler = create(this);
                _handlers.Add(contract, handler);
            }

            return (TContract)handler;
        }
    }

    /// <summary>The session is over. Handlers' callbacks must not run on the thread that says so.</summary>
    internal void End() => _ = Task.Run(EndAsync);

    private async Task EndAsync()
    {
        Dictionary<int, object>? handlers;
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What the application's callbacks throw concerns nobody but the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _peer.Server.Log.SessionEndFailed(_peer.Id, exception);
        }

        lock (_lock)
        {
            handlers = _handlers;
            _handlers = null;
        }

        foreach (var handler in handlers?.Values ?? Enumerable.Empty<object>())
        {
            await DisposeAsync(handler).ConfigureAwait(false);
        }
    }

    private async ValueTask DisposeAsync(object handler)
    {
        try
        {
            switch (handler)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
#pragma warning disable CA1031 // A handler that cannot clean up must not keep the others from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _peer.Server.Log.SessionEndFailed(_peer.Id, exception);
        }
    }
}
