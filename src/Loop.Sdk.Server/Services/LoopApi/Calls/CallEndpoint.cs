using Loop.Sdk.Server.Push;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The WebSocket of calls' progress. Nothing here depends on cookies, so that any page may connect: what lets in are the call's tokens.</summary>
internal sealed class CallEndpoint(CallBook calls, IOptions<LoopHttpApiOptions> options, TimeProvider time, LoopServer server, IHostApplicationLifetime lifetime, LoopApiLog log)
{
    private const int MaxMessage = 4096;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(HttpContext context)
    {
        if (Refusal(context) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive }).ConfigureAwait(false);
        using var connection = new MozillaSocket(socket, MaxMessage, TimeProvider.System);
        try
        {
            await new CallConnection(connection, calls, options, time).RunAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A defect costs one connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.CallFailed(exception);
        }
    }

    private int? Refusal(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            return StatusCodes.Status426UpgradeRequired;
        }

        return server.IsDraining || lifetime.ApplicationStopping.IsCancellationRequested ? StatusCodes.Status503ServiceUnavailable
            : server.RateLimiter.TryConnect(context.Connection.RemoteIpAddress) ? null
            : StatusCodes.Status429TooManyRequests;
    }
}
