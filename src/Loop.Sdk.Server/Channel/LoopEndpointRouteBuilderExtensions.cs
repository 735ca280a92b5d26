using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the channel into the host's own pipeline.</summary>
public static class LoopEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves the channel at a path, over HTTP/1.1 upgrades and HTTP/2 extended CONNECT. What is added to the result works as on any endpoint:
    /// <c>RequireAuthorization()</c>, for example, lets only users of the host's authentication connect.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The path, for example <c>/loop</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddLoopServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoop(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        var endpoint = endpoints.ServiceProvider.GetService<ChannelEndpoint>()
            ?? throw new InvalidOperationException("Call services.AddLoopServer() before MapLoop().");
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(endpoint.HandleAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName($"Loop channel {pattern}");
    }
}
