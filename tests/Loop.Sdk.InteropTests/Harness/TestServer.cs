using System.Collections.Concurrent;
using Loop.Sdk.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.InteropTests.Harness;

/// <summary>A real server on loopback or a Unix socket, whose connections can all be cut without a goodbye.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new();
    private readonly WebApplication _app;

    private TestServer(Action<KestrelServerOptions, Action<ListenOptions>> listen, Counter counter, Action<LoopServerOptions>? configure)
    {
        Counter = counter;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => listen(kestrel, Track));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddLoopServer(options =>
        {
            options.AllowAnonymous = true;
            options.RateLimits.AddressConnections = null;
            options.RateLimits.AddressCalls = null;
            options.RateLimits.SessionCalls = null;
            configure?.Invoke(options);
        }).AddContract<ICounter>(counter);
        _app = builder.Build();
        _app.MapLoop("/loop");
    }

    public Counter Counter { get; }

    public int Port => new Uri(_app.Urls.First()).Port;

    public Uri Endpoint => new($"ws://127.0.0.1:{Port}/loop");

    public static async Task<TestServer> StartAsync(
        Action<KestrelServerOptions, Action<ListenOptions>> listen, Counter? counter = null, Action<LoopServerOptions>? configure = null)
    {
        var server = new TestServer(listen, counter ?? new Counter(), configure);
        await server._app.StartAsync();
        return server;
    }

    public static Task<TestServer> StartAsync(int port = 0, Counter? counter = null) =>
        StartAsync((kestrel, track) => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => track(listen)), counter);

    /// <summary>Resets every connection at once.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
    }

    private void Track(ListenOptions listen) => listen.Use(next => async connection =>
    {
        _connections[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection.ConnectionId, out _);
        }
    });
}
