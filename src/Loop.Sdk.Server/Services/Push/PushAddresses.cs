using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>The URLs of endpoints, messages and receipts.</summary>
internal sealed class PushAddresses(IOptions<PushOptions> options, IServiceProvider services)
{
    private string? _origin;

    /// <summary>Where the host mapped them.</summary>
    public string Path { get; set; } = "/push";

    /// <summary>The origin of all: also the audience of VAPID tokens.</summary>
    /// <exception cref="InvalidOperationException">It is not set, and the host does not listen anywhere.</exception>
    public string Origin => _origin ??= (options.Value.PublicOrigin ?? Listening()).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public string OfEndpoint(string id) => $"{Origin}{Path}/v1/{id}";

    public string OfMessage(string id) => $"{Origin}{Path}/m/{id}";

    public string OfReceipts(string id) => $"{Origin}{Path}/r/{id}";

    /// <summary>The id in a receipt subscription's URL, absolute or not; null for another URL.</summary>
    public string? ReceiptsOf(string url)
    {
        var path = url.StartsWith(Origin, StringComparison.OrdinalIgnoreCase) ? url.AsSpan(Origin.Length) : url;
        var prefix = $"{Path}/r/";
        return path.StartsWith(prefix, StringComparison.Ordinal) && path[prefix.Length..].ToString() is var id && PushId.IsId(id) ? id : null;
    }

    private Uri Listening()
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(static address => !address.Contains("unix:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Set {nameof(PushOptions)}.{nameof(PushOptions.PublicOrigin)}: the host listens nowhere that endpoints could be.");

        // A wildcard is an address to listen on, and none to go to.
        return new Uri(address.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal));
    }
}
