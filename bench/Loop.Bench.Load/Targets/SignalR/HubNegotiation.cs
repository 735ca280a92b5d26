using System.Text.Json;
using Loop.Bench.Load.Client;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>SignalR's negotiation, which a connection that is to be resumed cannot skip.</summary>
internal static class HubNegotiation
{
    public static async Task<Uri> GetStatefulAddressAsync(Uri hub, CancellationToken cancellationToken)
    {
        var negotiate = new UriBuilder(hub) { Scheme = Uri.UriSchemeHttp, Path = hub.AbsolutePath + "/negotiate", Query = "negotiateVersion=1&useStatefulReconnect=true" };
        using var request = new HttpRequestMessage(HttpMethod.Post, negotiate.Uri);
        using var response = await SocketConnector.Invoker.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (!json.RootElement.GetProperty("useStatefulReconnect").GetBoolean())
        {
            throw new InvalidOperationException("The server refuses stateful reconnection.");
        }

        return new UriBuilder(hub) { Query = "id=" + json.RootElement.GetProperty("connectionToken").GetString() }.Uri;
    }
}
