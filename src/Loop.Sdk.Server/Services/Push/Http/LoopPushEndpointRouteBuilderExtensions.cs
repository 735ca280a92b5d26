using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server.Push;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts push into the host's own pipeline.</summary>
public static class LoopPushEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves what application servers use: <c>{pattern}/v1/…</c> to post (RFC 8030, and SimplePush by <c>PUT</c>), <c>{pattern}/m/…</c> for a message, <c>{pattern}/r/…</c> for receipts.
    /// They are open to everybody: whoever knows an endpoint may post to it.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">Where, a path without parameters.</param>
    /// <exception cref="InvalidOperationException"><c>AddPush</c> was not called.</exception>
    public static IEndpointConventionBuilder MapLoopPush(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/push")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var endpoint = services.GetService<PushEndpoint>() ?? throw new InvalidOperationException("Call AddPush() before MapLoopPush().");
        var path = "/" + pattern.Trim('/');
        services.GetRequiredService<PushAddresses>().Path = path == "/" ? "" : path;
        var group = endpoints.MapGroup(path);
        group.Map("/v1/{id}", endpoint.EndpointAsync).WithDisplayName("Loop push endpoint");
        group.Map("/v{version}/{id}", endpoint.UnknownAsync).WithDisplayName("Loop push endpoint of another version");
        group.Map("/m/{id}", endpoint.MessageAsync).WithDisplayName("Loop push message");
        group.Map("/r/{id}", endpoint.ReceiptsAsync).WithDisplayName("Loop push receipts");
        return group;
    }
}
