using Loop.Sdk.Handshake;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Net.Http.Headers;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The HTTP side: finds out who calls from where, runs what the route does, and writes refusals.</summary>
internal sealed class UserAgentApi(UserAgentBook book, LoopServer server, OriginPolicy origins)
{
    private const string Scheme = "Bearer ";

    public async Task HandleAsync(HttpContext context, UserAgentRoute route)
    {
        try
        {
            Check(context, route.Method);
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                Preflight(context, route);
                return;
            }

            if (!HttpMethods.Equals(context.Request.Method, route.Method))
            {
                context.Response.Headers.Allow = $"{route.Method}, OPTIONS";
                throw new UserAgentRefusedException(StatusCodes.Status405MethodNotAllowed, ErrorCodes.InvalidRequest, $"This takes {route.Method}.");
            }

            var account = await AuthenticateAsync(context).ConfigureAwait(false);
            await route.RunAsync(book, context, account).ConfigureAwait(false);
        }
        catch (Exception error) when (IsAnswered(context, error))
        {
            await RefuseAsync(context, error).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer.
        }
    }

    public async Task AcceptAsync(HttpContext context, LegacySockets sockets)
    {
        try
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.Headers.Upgrade = "websocket";
                throw new UserAgentRefusedException(StatusCodes.Status426UpgradeRequired, ErrorCodes.UnsupportedProtocol, "This is a WebSocket endpoint.");
            }

            Check(context, HttpMethods.Get);
            if (!server.RateLimiter.TryConnect(context.Connection.RemoteIpAddress))
            {
                throw new LoopException(ErrorCodes.RateLimited, "Too many connections.");
            }

            var account = await AuthenticateAsync(context).ConfigureAwait(false);
            await sockets.ServeAsync(context, account).ConfigureAwait(false);
        }
        catch (Exception error) when (IsAnswered(context, error))
        {
            await RefuseAsync(context, error).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer.
        }
    }

    // Once the answer has begun, or nobody reads it, there is nothing more to say.
    private static bool IsAnswered(HttpContext context, Exception error) =>
        error is LoopException or UserAgentRefusedException && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested;

    private static void Preflight(HttpContext context, UserAgentRoute route)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowMethods = route.Method;
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key";
        headers.AccessControlMaxAge = "3600";
    }

    private Task RefuseAsync(HttpContext context, Exception error)
    {
        var problem = error is UserAgentRefusedException refused ? refused.Problem : UserAgentAnswers.ProblemOf((LoopException)error);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            book.Core.Log.RequestFailed(error);
        }

        return UserAgentAnswers.RefuseAsync(context, problem);
    }

    private void Check(HttpContext context, string method)
    {
        if (server.IsDraining)
        {
            throw new LoopException(ErrorCodes.Draining, "The server is going away.");
        }

        if (!origins.Allows(context.Request))
        {
            throw new LoopException(ErrorCodes.OriginNotAllowed, "Pages of this origin may not call.");
        }

        if (context.Request.Headers.Origin is { Count: 1 } origin)
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.Vary = HeaderNames.Origin;
        }
    }

    private async ValueTask<string> AuthenticateAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var credentials = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Credentials.Bearer(header[Scheme.Length..].Trim()) : null;
        var origin = new ChannelOrigin
        {
            RemoteAddress = context.Connection.RemoteIpAddress,
            User = context.Features.Get<IHttpAuthenticationFeature>()?.User,
            UserExpiresAt = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc,
        };
        var identity = await server.Authenticator.AuthenticateAsync(credentials, origin, context.RequestAborted).ConfigureAwait(false);
        return identity.PrincipalId is { Length: > 0 } account ? account : throw new LoopException(ErrorCodes.Unauthenticated, "Credentials are required.");
    }
}
