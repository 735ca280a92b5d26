using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing;

/// <summary>
/// A server in the test's own process, with no sockets. Its clients are the real ones and speak the real protocol, over links that the test can break.
/// Whoever calls with <see cref="FakeCredentials"/> is let in.
/// </summary>
public sealed class LoopTestHost : IAsyncDisposable
{
    private readonly Action<ILoopServerBuilder> _configure;
    private readonly LoopTestHostOptions _options;
    private readonly List<LoopTestClient> _clients = [];
    private readonly List<BreakableLink> _links = [];
    private volatile IHost _host;
    private volatile Phase _phase;

    private LoopTestHost(Action<ILoopServerBuilder> configure, LoopTestHostOptions options)
    {
        _configure = configure;
        _options = options;
        _host = Build();
    }

    private enum Phase
    {
        Running,
        Draining,
        Stopped,
    }

    /// <summary>The server's services: those of the new server after <see cref="RestartAsync"/>.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Adds contracts, and whatever else the application adds to its server.</param>
    /// <param name="options">The clock and the server's options, or null for the defaults.</param>
    public static async Task<LoopTestHost> StartAsync(Action<ILoopServerBuilder> configure, LoopTestHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var host = new LoopTestHost(configure, options ?? new LoopTestHostOptions());
        await host._host.StartAsync().ConfigureAwait(false);
        return host;
    }

    /// <summary>Whether new sessions are taken.</summary>
    internal bool IsAccepting => _phase == Phase.Running;

    /// <summary>Whether there is anybody to connect to.</summary>
    internal bool IsRunning => _phase != Phase.Stopped;

    /// <summary>Makes a client with a link of its own. It connects on its first use, and again at once after a broken connection. The host disposes of it.</summary>
    /// <param name="user">Who connects; null for an anonymous client, which the server must allow.</param>
    /// <param name="configure">Changes the client's options.</param>
    public LoopTestClient CreateClient(string? user = "user", Action<ChannelClientOptions>? configure = null)
    {
        var link = new BreakableLink(Time);
        var options = new ChannelClientOptions
        {
            CredentialsProvider = user is null ? null : _ => ValueTask.FromResult<Credentials?>(FakeCredentials.Of(user)),
        };
        Attach(options, link);
        configure?.Invoke(options);
        var client = new LoopTestClient(ChannelClient.Create(options, _options.LoggerFactory), link);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>
    /// Makes a client of the application's own connect to this host instead of the network: for those that a container makes, in the configuration of
    /// <c>AddLoopClient</c>. Their owner disposes of them, before the host.
    /// </summary>
    /// <param name="options">The client's options, whose endpoint and clock are set.</param>
    /// <returns>The client's way to the server.</returns>
    public BreakableLink Connect(ChannelClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var link = new BreakableLink(Time);
        Attach(options, link);
        return link;
    }

    /// <summary>
    /// Ends the server as a crash does, and starts a new one that knows nothing of the sessions before. What the test added as instances is kept. Also starts a
    /// server that was stopped.
    /// </summary>
    public async Task RestartAsync()
    {
        var old = _host;
        var fresh = Build();
        await fresh.StartAsync().ConfigureAwait(false);
        _host = fresh;
        foreach (var link in Links())
        {
            link.Cut();
        }

        await CrashAsync(old).ConfigureAwait(false);
        _phase = Phase.Running;
        foreach (var link in Links())
        {
            link.Network.Announce();
        }
    }

    /// <summary>Ends the server in order, as a deployment does: sessions are told, calls may finish. Nobody can connect afterwards. How long
    /// that takes is a matter of the clock: see <see cref="FakeClock.AdvanceUntilAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait for calls.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _phase = Phase.Draining;
        await _host.StopAsync(cancellationToken).ConfigureAwait(false);
        _phase = Phase.Stopped;
    }

    /// <summary>Disposes of the clients, then of the server.</summary>
    public async ValueTask DisposeAsync()
    {
        LoopTestClient[] clients;
        lock (_clients)
        {
            clients = [.. _clients];
            _clients.Clear();
        }

        foreach (var client in clients.Where(static client => client.Link.IsFrozen))
        {
            // Nobody would hear the goodbye.
            client.Link.Cut();
        }

        await Task.WhenAll(clients.Select(static client => client.Client.DisposeAsync().AsTask())).ConfigureAwait(false);
        _phase = Phase.Stopped;
        await CrashAsync(_host).ConfigureAwait(false);
    }

    internal void Accept(Stream stream) => _ = ServeAsync(stream, _host.Services.GetRequiredService<LoopServer>());

    private static async Task ServeAsync(Stream stream, LoopServer server)
    {
        await using (stream.ConfigureAwait(false))
        {
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = FrameLimits.Subprotocol });
            await server.AcceptAsync(socket, default, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Handlers of a process that is gone do not go on, so their tokens are cancelled.
    private static async Task CrashAsync(IHost host)
    {
        foreach (var session in host.Services.GetRequiredService<LoopServer>().Registry.Sessions)
        {
            session.End(new LoopException(ErrorCodes.SessionLost, "The server is gone."), goAway: null);
            session.Abort();
        }

        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            host.Dispose();
        }
    }

    private void Attach(ChannelClientOptions options, BreakableLink link)
    {
        var transport = new LinkTransport(this, link);
        options.Endpoint = new Uri("ws://test.invalid/loop");
        options.TimeProvider = Time;
        options.Transport = transport;
        options.NetworkMonitor = link.Network;

        // Waits are random parts of a bound. Where an attempt can succeed, the part is none, so that no test has to move its clock for that.
        options.Random = () => transport.IsOpen ? 0 : Random.Shared.NextDouble();
        lock (_clients)
        {
            _links.Add(link);
        }
    }

    private BreakableLink[] Links()
    {
        lock (_clients)
        {
            return [.. _links];
        }
    }

    private TimeProvider Time => _options.Time ?? TimeProvider.System;

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (_options.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        if (_options.LoggerFactory is { } logs)
        {
            builder.Services.AddSingleton(logs);
        }

        var server = builder.Services.AddLoopServer(_options.ConfigureServer);
        server.AddCredentialValidator<FakeCredentialValidator>();
        _configure(server);
        return builder.Build();
    }
}
