using System.Net;
using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A real web server on the loopback address.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebHost(WebApplication app) => _app = app;

    public TestHandler Handler { get; private init; } = null!;

    public LoopServer Server => _app.Services.GetRequiredService<LoopServer>();

    public Uri HttpAddress => new(_app.Urls.First());

    public Uri Address => new UriBuilder(HttpAddress) { Scheme = "ws", Path = "/loop" }.Uri;

    public static async Task<WebHost> StartAsync(
        Action<LoopServerOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null,
        HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var handler = new TestHandler();
        builder.Services.AddLoopServer(options =>
        {
            options.AllowAnonymous = true;
            configure?.Invoke(options);
        }).AddContract<ITestContract>(handler);
        builder.Services.AddHealthChecks().AddLoopServer();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        pipeline?.Invoke(app);
        app.MapLoop("/loop");
        app.MapHealthChecks("/health");
        await app.StartAsync();
        return new WebHost(app) { Handler = handler };
    }

    public async Task<RawClient> ConnectAsync(Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? invoker = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(FrameLimits.Subprotocol);
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(Address, invoker, CancellationToken.None);
        return new RawClient(socket);
    }

    /// <summary>Tries to connect, and gives the status and the body of the refusal.</summary>
    public async Task<(HttpStatusCode Status, string Body)> RefusedAsync(string? origin = null, string? subprotocol = FrameLimits.Subprotocol)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(HttpAddress, "/loop"));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (subprotocol is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", subprotocol);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, response.StatusCode == HttpStatusCode.SwitchingProtocols ? "" : await response.Content.ReadAsStringAsync());
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
