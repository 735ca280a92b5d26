using System.Net.WebSockets;
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
    private IHost _host;

    private LoopTestHost(Action<ILoopServerBuilder> configure, LoopTestHostOptions options)
    {
        _configure = configure;
        _options = options;
        _host = Build();
    }

    /// <summary>The server's services.</summary>
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

    /// <summary>Makes a client with a link of its own. It connects on its first use. The host disposes of it.</summary>
    /// <param name="user">Who connects; null for an anonymous client, which the server must allow.</param>
    /// <param name="configure">Changes the client's options.</param>
    public LoopTestClient CreateClient(string? user = "user", Action<ChannelClientOptions>? configure = null)
    {
        var time = _options.Time ?? TimeProvider.System;
        var link = new BreakableLink(time);
        var options = new ChannelClientOptions
        {
            Endpoint = new Uri("ws://test.invalid/loop"),
            TimeProvider = time,
            Transport = new LinkTransport(this, link),
            CredentialsProvider = user is null ? null : _ => ValueTask.FromResult<Handshake.Credentials?>(FakeCredentials.Of(user)),
        };
        configure?.Invoke(options);
        var client = new LoopTestClient(ChannelClient.Create(options, _options.LoggerFactory), link);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>Ends the server as a crash does, and starts a new one that knows nothing of the sessions before. What the test added as instances is kept.</summary>
    public async Task RestartAsync()
    {
        var old = _host;
        _host = Build();
        await _host.StartAsync().ConfigureAwait(false);
        LoopTestClient[] clients;
        lock (_clients)
        {
            clients = [.. _clients];
        }

        foreach (var client in clients)
        {
            client.Link.Cut();
        }

        old.Dispose();
    }

    /// <summary>Ends the server in order, as a deployment does: sessions are told, calls may finish.</summary>
    /// <param name="cancellationToken">Ends the wait for calls.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Disposes of the clients, then of the server.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.Client.DisposeAsync().ConfigureAwait(false);
        }

        _host.Dispose();
    }

    internal void Accept(Stream stream)
    {
        var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = Frames.FrameLimits.Subprotocol });
        _ = _host.Services.GetRequiredService<LoopServer>().AcceptAsync(socket, default, CancellationToken.None);
    }

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
