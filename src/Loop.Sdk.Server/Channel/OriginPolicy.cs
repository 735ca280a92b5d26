using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server;

/// <summary>Decides which web pages may connect. Browsers let any page open a WebSocket to any server, and only name the page in the <c>Origin</c> header.</summary>
internal sealed class OriginPolicy(IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed.Select(static origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public static bool IsValid(string origin) =>
        origin == "*"
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.PathAndQuery is "/" or "" && uri.Fragment.Length == 0 && uri.Authority.Length > 0 && uri.UserInfo.Length == 0);

    public bool Allows(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        return origins.Count == 0 || (origins.Count == 1 && Allows(origins[0]!, request));
    }

    // The schemes are not compared: behind a proxy that ends TLS the server does not know its own.
    private bool Allows(string origin, HttpRequest request)
    {
        if (_allowed.Contains("*") || _allowed.Contains(origin))
        {
            return true;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && Uri.TryCreate($"{page.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own)
            && string.Equals(page.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);
    }
}
