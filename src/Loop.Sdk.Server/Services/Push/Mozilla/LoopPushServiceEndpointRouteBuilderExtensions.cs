using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server.Push;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets the host be the push service of browsers.</summary>
public static class LoopPushServiceEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves Mozilla's push protocol, a WebSocket that Firefox connects to when <c>dom.push.serverURL</c> names it. Map the endpoints as well, with
    /// <see cref="LoopPushEndpointRouteBuilderExtensions.MapLoopPush"/>.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The path.</param>
    /// <exception cref="InvalidOperationException"><c>AddPush</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoopPushService(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        var endpoint = endpoints.ServiceProvider.GetService<MozillaEndpoint>() ?? throw new InvalidOperationException("Call AddPush() before MapLoopPushService().");
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(endpoint.HandleAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName($"Loop push service {pattern}");
    }
}
