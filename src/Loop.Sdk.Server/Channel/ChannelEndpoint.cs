using System.Globalization;
using Loop.Sdk.Errors;
using Loop.Sdk.Frames;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server;

/// <summary>The HTTP side of the channel: what is refused before there is a WebSocket, and the WebSocket itself.</summary>
internal sealed class ChannelEndpoint(LoopServer server, OriginPolicy origins)
{
    private const int RetryAfterSeconds = 5;

    /// <summary>Serves one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (Check(context) is { } problem)
        {
            return RefuseAsync(context, problem);
        }

        return AcceptAsync(context);
    }

    private static Task RefuseAsync(HttpContext context, HttpProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status426UpgradeRequired)
        {
            response.Headers.Upgrade = "websocket";
        }

        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(problem, HttpProblemJson.Default.HttpProblem, "application/problem+json", context.RequestAborted);
    }

    private static ChannelOrigin OriginOf(HttpContext context) => new()
    {
        RemoteAddress = context.Connection.RemoteIpAddress,
        User = context.User,
        UserExpiresAt = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc,
    };

    private HttpProblem? Check(HttpContext context)
    {
        if (server.IsDraining)
        {
            return new(StatusCodes.Status503ServiceUnavailable, ErrorCodes.Draining, "The server is going away.");
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            return new(StatusCodes.Status426UpgradeRequired, ErrorCodes.UnsupportedProtocol, "This is a WebSocket endpoint.");
        }

        if (!origins.Allows(context.Request))
        {
            return new(StatusCodes.Status403Forbidden, ErrorCodes.OriginNotAllowed, "Pages of this origin may not connect.");
        }

        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(FrameLimits.Subprotocol))
        {
            return new(StatusCodes.Status400BadRequest, ErrorCodes.UnsupportedProtocol, $"The subprotocol {FrameLimits.Subprotocol} is required.");
        }

        return server.RateLimiter.TryConnect(context.Connection.RemoteIpAddress)
            ? null
            : new(StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, "Too many connections.");
    }

    private async Task AcceptAsync(HttpContext context)
    {
        var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = FrameLimits.Subprotocol,
            // The channel has its own keep-alive, which acknowledges at the same time.
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        }).ConfigureAwait(false);

        // A connection that breaks fails the reads: the request's own token would only cost every idle connection its source.
        await server.AcceptAsync(socket, OriginOf(context), CancellationToken.None).ConfigureAwait(false);
    }
}
