using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>The HTTP client of the sender.</summary>
internal sealed class WebPushHttp : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _allowsPrivate;

    public WebPushHttp(IOptions<WebPushSenderOptions> options)
    {
        _allowsPrivate = options.Value.AllowPrivateNetworks;
        _invoker = new HttpMessageInvoker(PublicNetwork.CreateHandler(_allowsPrivate));
    }

    /// <exception cref="LoopException"><c>permission_denied</c>.</exception>
    public void Check(Uri endpoint)
    {
        var isAllowed = endpoint.IsAbsoluteUri && endpoint.UserInfo.Length == 0 && endpoint.OriginalString.Length <= Storage.PushStorageLimits.MaxUrl
            && (endpoint.Scheme == Uri.UriSchemeHttps || (_allowsPrivate && endpoint.Scheme == Uri.UriSchemeHttp));
        if (!isAllowed)
        {
            throw new LoopException(ErrorCodes.PermissionDenied, "An endpoint is an https: URL.");
        }
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);

    public void Dispose() => _invoker.Dispose();
}
