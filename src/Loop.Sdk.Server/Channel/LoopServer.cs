using System.Net.WebSockets;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server;

/// <summary>The server apart from HTTP: WebSockets go in, whoever accepted them, and calls come out at the handlers.</summary>
internal sealed class LoopServer
{
    private readonly HelloReader _hellos;
    private readonly SessionOpener _opener;
    private ISessionObserver[]? _observers;
    private ISessionGreeter[]? _greeters;
    private volatile bool _draining;

    public LoopServer(
        IServiceProvider services,
        IOptions<LoopServerOptions> options,
        Clock clock,
        ContractTable contracts,
        Authenticator authenticator,
        RateLimiter rateLimiter,
        SessionRegistry registry,
        LoopServerMetrics metrics,
        ILogger<LoopServer> logger)
    {
        Services = services;
        Options = options.Value;
        Clock = clock;
        Contracts = contracts;
        Authenticator = authenticator;
        RateLimiter = rateLimiter;
        Registry = registry;
        Metrics = metrics;
        Log = new LoopServerLog(logger);
        SessionOptions = OptionsOf(Options);
        _hellos = new HelloReader(Options.HelloTimeout, clock);
        _opener = new SessionOpener(this);
    }

    public IServiceProvider Services { get; }

    public LoopServerOptions Options { get; }

    public SessionOptions SessionOptions { get; }

    public Clock Clock { get; }

    public ContractTable Contracts { get; }

    public Authenticator Authenticator { get; }

    public RateLimiter RateLimiter { get; }

    public SessionRegistry Registry { get; }

    public LoopServerMetrics Metrics { get; }

    public LoopServerLog Log { get; }

    /// <summary>Those who follow every session. Made when the first session begins, since they may need the server themselves.</summary>
    public ISessionObserver[] Observers => Volatile.Read(ref _observers) ?? FindObservers();

    /// <summary>Those who are told that a session has begun.</summary>
    public ISessionGreeter[] Greeters =>
        Volatile.Read(ref _greeters) ?? Interlocked.CompareExchange(ref _greeters, [.. Services.GetServices<ISessionGreeter>()], null) ?? _greeters;

    /// <summary>Whether the server takes no more sessions and calls.</summary>
    public bool IsDraining => _draining;

    /// <summary>Runs one connection from its hello to its end. The WebSocket is accepted with the subprotocol, and nothing was read from it.</summary>
    /// <param name="socket">The WebSocket, which is disposed of in the end.</param>
    /// <param name="origin">What is known of the connection.</param>
    /// <param name="cancellationToken">Gives up the handshake. A connection that carries a session is not bound to it.</param>
    public async Task AcceptAsync(WebSocket socket, ChannelOrigin origin, CancellationToken cancellationToken)
    {
        using (socket)
        {
            if (await AdmitAsync(socket, origin, cancellationToken).ConfigureAwait(false) is { } admission)
            {
                await admission.ServeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs one connection's handshake. Apart from <see cref="AcceptAsync"/>, so that nothing of it is kept while the connection lives.</summary>
    /// <returns>What is to be served then, or null if the connection was refused or broke.</returns>
    public async Task<Admission?> AdmitAsync(WebSocket socket, ChannelOrigin origin, CancellationToken cancellationToken)
    {
        var connection = new SessionConnection(socket, Clock);
        using var stop = cancellationToken.UnsafeRegister(static state => ((SessionConnection)state!).Abort(), connection);
        var reading = connection.ReadHandshakeAsync();
        try
        {
            var hello = await _hellos.ReadAsync(reading).ConfigureAwait(false);
            if (hello is null)
            {
                connection.Abort();
                return null;
            }

            if (IsDraining)
            {
                throw new LoopException(ErrorCodes.Draining, "The server is going away.") { Retryable = true };
            }

            var identity = await Authenticator.AuthenticateAsync(hello, origin, cancellationToken).ConfigureAwait(false);
            var admission = await _opener.OpenAsync(hello, identity, connection, origin.RemoteAddress).ConfigureAwait(false);
            Metrics.Connected("ok");
            return admission;
        }
        catch (LoopException error)
        {
            Log.HandshakeRefused(error.Code, error.Message);
            Metrics.Connected(error.Code);
            await connection.RefuseAsync(Farewell.Of(RefusalOf(error)), reading.IsCompleted ? null : reading).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException)
        {
            Log.HandshakeBroken(exception.Message);
            Metrics.Connected("broken");
            connection.Abort();
        }
#pragma warning disable CA1031 // A defect must cost one connection, not leave it hanging.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.HandshakeFailed(exception);
            Metrics.Connected(ErrorCodes.Internal);
            var error = new LoopException(ErrorCodes.Internal, "The handshake failed.") { Retryable = true };
            await connection.RefuseAsync(Farewell.Of(RefusalOf(error)), reading.IsCompleted ? null : reading).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Takes no more sessions and calls.</summary>
    public void BeginDrain() => _draining = true;

    private static SessionOptions OptionsOf(LoopServerOptions options) => new()
    {
        Limits = new PeerLimits
        {
            StreamWindow = options.Limits.StreamWindow,
            SessionWindow = options.Limits.SessionWindow,
            MaxMessage = options.Limits.MaxMessage,
            MaxStreams = options.Limits.MaxStreams,
            AckBytes = options.Limits.AckBytes,
        },
        MaxStreamWindow = options.Limits.MaxStreamWindow,
        MaxAssembly = options.Limits.MaxAssembly,
        MaxReplay = options.Limits.MaxReplay,
        MaxQueued = options.Limits.MaxQueued,
        KeepAliveMs = (int)options.KeepAlive.TotalMilliseconds,
        PongTimeoutMs = (int)options.PongTimeout.TotalMilliseconds,
    };

    private ISessionObserver[] FindObservers() => Interlocked.CompareExchange(ref _observers, [.. Services.GetServices<ISessionObserver>()], null) ?? _observers;

    private GoAway RefusalOf(LoopException error) => new(error.Code, error.Retryable ? Verdict.Reconnect : Verdict.Stop)
    {
        Message = error.Message,
        RetryAfterMs = error.Retryable ? (int)Options.DrainSpread.TotalMilliseconds : 0,
    };
}
