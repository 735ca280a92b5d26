using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server.UserAgent;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the user agent's HTTP routes into the host's own pipeline.</summary>
public static class LoopUserAgentEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves the routes of Mozilla's User Agent service: <c>{pattern}/v1/…</c>, its WebSocket <c>{pattern}/v1/ws</c>, and <c>{pattern}/__heartbeat__</c>. Who calls is found out as for
    /// channels: by a bearer token, or by the host's own authentication; nobody is anonymous. Web pages may call if their origin is among <c>LoopServerOptions.AllowedOrigins</c>.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">Where, a path without parameters.</param>
    /// <exception cref="InvalidOperationException"><c>AddUserAgent</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoopUserAgentApi(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var api = services.GetService<UserAgentApi>() ?? throw new InvalidOperationException("Call AddUserAgent() before MapLoopUserAgentApi().");
        var sockets = services.GetRequiredService<LegacySockets>();
        var group = endpoints.MapGroup("/" + pattern.Trim('/'));
        foreach (var route in UserAgentRoutes.All)
        {
            group.Map(route.Path, context => api.HandleAsync(context, route)).WithDisplayName($"Loop user agent {route.Path}");
        }

        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(context => api.AcceptAsync(context, sockets));
        group.Map("/v1/ws", pipeline.Build()).WithDisplayName("Loop user agent WebSocket");
        group.MapGet("/__heartbeat__", static context => UserAgentAnswers.WriteAsync(context, new HeartbeatView("v1"), UserAgentHttpJson.Default.HeartbeatView))
            .WithDisplayName("Loop user agent heartbeat");
        return group;
    }
}
