using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Where clients find the API.</summary>
internal static class ServiceAddress
{
    /// <summary>The path of the WebSocket of calls' progress, which has no version.</summary>
    public const string SocketPath = "/websocket";

    /// <summary>The API itself.</summary>
    public static string Of(HttpRequest request, LoopHttpApiOptions options) =>
        options.PublicOrigin is { } origin ? origin.GetLeftPart(UriPartial.Authority) : $"{request.Scheme}://{request.Host.ToUriComponent()}";

    /// <summary>The WebSocket of calls' progress.</summary>
    public static string OfSocket(HttpRequest request, LoopHttpApiOptions options)
    {
        var path = request.PathBase.ToUriComponent() + (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ServicePath>()?.Path ?? "") + SocketPath;
        var (secure, host, port) = options.PublicOrigin is { } origin
            ? (origin.Scheme == Uri.UriSchemeHttps, origin.Host, origin.Port)
            : (request.IsHttps, request.Host.Host, request.Host.Port ?? (request.IsHttps ? 443 : 80));
        return string.Create(CultureInfo.InvariantCulture, $"{(secure ? "wss" : "ws")}://{host}:{port}{path}");
    }
}
