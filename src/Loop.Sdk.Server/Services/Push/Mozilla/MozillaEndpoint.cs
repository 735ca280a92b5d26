using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>The WebSocket of browsers. Their origin is the service's own address, so it says nothing and is not checked; nothing here depends on cookies.</summary>
internal sealed class MozillaEndpoint(
    PushCore core, PushBroadcasts broadcasts, IOptions<PushServiceOptions> options, LoopServer server, IHostApplicationLifetime lifetime)
{
    private const string Subprotocol = "push-notification";

    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return;
        }

        if (server.IsDraining || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!server.RateLimiter.TryConnect(context.Connection.RemoteIpAddress))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol) ? Subprotocol : null,
            KeepAliveInterval = options.Value.PingInterval,
            KeepAliveTimeout = options.Value.PongTimeout,
        }).ConfigureAwait(false);
        using var connection = new MozillaSocket(socket, options.Value.MaxMessage, TimeProvider.System);
        await new MozillaSession(core, options.Value, connection, broadcasts).RunAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
    }
}
