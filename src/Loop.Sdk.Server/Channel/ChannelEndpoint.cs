using System.Globalization;
using System.Net;
using Loop.Sdk.Frames;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

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

    // The features are asked rather than the context's own properties, which would make objects that live as long as the connection.
    private static ChannelOrigin OriginOf(HttpContext context) => new()
    {
        RemoteAddress = AddressOf(context),
        User = context.Features.Get<IHttpAuthenticationFeature>()?.User,
        UserExpiresAt = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc,
    };

    private static IPAddress? AddressOf(HttpContext context) => context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;

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

        return server.RateLimiter.TryConnect(AddressOf(context))
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
        using (socket)
        {
            if (await server.AdmitAsync(socket, OriginOf(context), CancellationToken.None).ConfigureAwait(false) is { } admission)
            {
                await admission.ServeAsync().ConfigureAwait(false);
            }
        }
    }
}
