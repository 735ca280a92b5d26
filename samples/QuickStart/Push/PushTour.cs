using System.Net.Http.Headers;
using Loop.Sdk;
using Loop.Sdk.Push;
using QuickStart.Server;

namespace QuickStart.Push;

/// <summary>A push: whoever has a subscription posts plain HTTP to its URL, and the client has the message, decrypted.</summary>
internal static class PushTour
{
    public static async Task RunAsync(ServerProcess server, Output output)
    {
        await using var carol = Client.Connect(server, "carol");
        var news = await carol.Push.SubscribeAsync("news");
        output.Say("carol subscribed to push, and gives her subscription to an application server");

        // What an application server does, in any language: encrypt for the subscription, and post.
        var body = WebPushEncryption.Encrypt("The lake is open"u8, news.Recipient);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, news.Endpoint);
        request.Headers.Add("TTL", "60");
        request.Content = new ByteArrayContent(body) { Headers = { ContentEncoding = { WebPushEncryption.ContentEncoding }, ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await http.SendAsync(request);
        output.Say($"it posted {body.Length} bytes that only carol can read; the push service answered {(int)response.EnsureSuccessStatusCode().StatusCode}");

        await foreach (var message in news.MessagesAsync())
        {
            output.Say($"carol reads: \"{message.Text}\"");
            break;
        }
    }
}
