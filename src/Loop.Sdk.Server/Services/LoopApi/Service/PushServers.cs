using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The SimplePush servers that clients are sent to. They are the host's choice, and may be anywhere.</summary>
internal sealed class PushServers(IOptions<LoopHttpApiOptions> options) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>One of them, or null if there is none.</summary>
    public Uri? Pick() => options.Value.PushServers is { Count: > 0 } servers ? servers[Random.Shared.Next(servers.Count)] : null;

    /// <summary>Whether all of them are well.</summary>
    public async ValueTask<bool> AreHealthyAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(options.Value.PushServers.Select(async server =>
        {
            using var response = await _http.GetAsync(StatusOf(server), cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        })).ConfigureAwait(false);
        return Array.TrueForAll(answers, static isWell => isWell);
    }

    public void Dispose() => _http.Dispose();

    private static Uri StatusOf(Uri server) => new UriBuilder(server) { Scheme = server.Scheme == "wss" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Path = "/status" }.Uri;
}
