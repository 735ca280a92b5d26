using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server.LoopApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the original Loop HTTP API into the host's own pipeline.</summary>
public static class LoopHttpApiEndpointRouteBuilderExtensions
{
    // Endpoints of the host's own come first, wherever both fit.
    private const int Behind = 1;
    private const int Last = int.MaxValue;

    private static readonly string[] Versions = ["/v0", "/v1"];

    /// <summary>
    /// Serves the API at <c>{pattern}/v0</c>, <c>{pattern}/v1</c> and <c>{pattern}</c> (<see cref="LoopHttpApiOptions.ServeUnversioned"/>), and the progress of calls at
    /// <c>{pattern}/websocket</c>, for which the host needs <c>app.UseWebSockets()</c>. The API has authentication of its own.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">Where, a path without parameters; the host's root by default, which is where clients of the original look.</param>
    /// <exception cref="InvalidOperationException"><c>AddLoopHttpApi</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoopHttpApi(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var routes = services.GetService<ApiRoutes>() ?? throw new InvalidOperationException("Call AddLoopHttpApi() before MapLoopHttpApi().");
        var endpoint = services.GetRequiredService<ApiEndpoint>();
        var isUnversioned = services.GetRequiredService<IOptions<LoopHttpApiOptions>>().Value.ServeUnversioned;
        var path = pattern.Trim('/') is { Length: > 0 } name ? "/" + name : "";
        var group = endpoints.MapGroup("");
        group.WithMetadata(new ServicePath(path));
        foreach (var version in isUnversioned ? [.. Versions, ""] : Versions)
        {
            foreach (var route in routes.All)
            {
                // HTTP wants HEAD wherever there is GET.
                string[] methods = route.Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [route.Method];
                group.MapMethods(path + version + route.Pattern, methods, context => endpoint.RunAsync(context, route.HandleAsync))
                    .WithOrder(Behind).WithDisplayName($"Loop HTTP API {route.Method} {route.Pattern}");
            }
        }

        foreach (var version in Versions)
        {
            group.Map($"{path}{version}/{{**rest}}", endpoint.UnknownAsync).WithOrder(Last - 1).WithDisplayName("Loop HTTP API");
        }

        if (isUnversioned)
        {
            group.Map($"{path}/{{**rest}}", context => endpoint.RedirectAsync(context, path)).WithOrder(Last).WithDisplayName("Loop HTTP API, unversioned");
        }

        group.Map(path + ServiceAddress.SocketPath, services.GetRequiredService<CallEndpoint>().HandleAsync).WithOrder(Behind).WithDisplayName("Loop HTTP API, progress of calls");
        return group;
    }
}
